import { z } from 'zod';
import { ROLES, TEAM_ROLES } from '../access/roles';
import { Id } from '../ids';

const name = z.string().trim().min(1, 'Give it a name').max(120);
export const Team = z.object({ id: Id, name: z.string(), role: z.enum(TEAM_ROLES) });
export type Team = z.infer<typeof Team>;
export const NewTeam = z.object({ id: Id.optional(), name });

export const Project = z.object({
  id: Id,
  teamId: Id,
  teamName: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  created: z.iso.datetime(),
  /** Since when it can be read only; null while it is worked on. */
  archived: z.iso.datetime().nullable(),
  /** Whether readers may comment here. */
  readersComment: z.boolean(),
  /** Whether members need a second factor to open it: by the project's setting, or everywhere in this instance. */
  secondFactor: z.enum(['free', 'here', 'everywhere']),
  /** Whether it is closed to whoever asks, because they have none; then nothing is counted. */
  lacksFactor: z.boolean(),
  counts: z.object({ sources: z.int(), annotations: z.int(), members: z.int() }),
});
export type Project = z.infer<typeof Project>;
export const NewProject = z.object({ id: Id.optional(), name, teamId: Id.optional() });
export const ProjectChange = z
  .object({ name, readersComment: z.boolean(), secondFactor: z.boolean() })
  .partial();
