import { z } from 'zod';
import { Id } from '../ids';
import { CODE_COLOURS } from './colours';

export const Code = z.object({
  id: Id,
  projectId: Id,
  name: z.string(),
  colour: z.enum(CODE_COLOURS),
  definition: z.string(),
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  revision: z.int().min(1),
  deleted: z.iso.datetime().nullable(),
});
export type Code = z.infer<typeof Code>;

export const NewCode = z.object({
  id: Id.optional(),
  name: z.string().trim().min(1).max(120),
  colour: z.enum(CODE_COLOURS).optional(),
  definition: z.string().trim().max(4_000).default(''),
});
export const CodeChange = z
  .object({
    name: z.string().trim().min(1).max(120),
    colour: z.enum(CODE_COLOURS),
    definition: z.string().trim().max(4_000),
  })
  .partial();
