import { z } from 'zod';
import { ROLES } from '../access/roles';
import { Id } from '../ids';

export const Email = z
  .string()
  .trim()
  .max(254)
  .transform((value) => value.normalize('NFKC').toLowerCase())
  .pipe(z.email('That is not an e-mail address'));

/** What a person is called: one line, without characters that no eye sees. */
export const PersonName = z
  .string()
  .trim()
  .min(1, 'Type a name')
  .max(120)
  .regex(/^\P{Cc}*$/u, 'A name stands on one line');

export const Member = z.object({
  userId: Id,
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  joined: z.iso.datetime(),
});
export type Member = z.infer<typeof Member>;
/** A member as a list has them. */
export const ListedMember = Member.extend({
  /** Whether the project is closed to them for want of a second factor. Told to owners, where the project asks for one. */
  lacksFactor: z.boolean().optional(),
});
export type ListedMember = z.infer<typeof ListedMember>;
export const NewMember = z.object({ email: Email, role: z.enum(ROLES) });
export const MemberChange = z.object({ userId: Id, role: z.enum(ROLES) });
export const MemberRemoval = z.object({ userId: Id });

export const Invitation = z.object({
  id: Id,
  role: z.enum(ROLES),
  created: z.iso.datetime(),
  expires: z.iso.datetime(),
  maxUses: z.int(),
  uses: z.int(),
  revoked: z.iso.datetime().nullable(),
  /** The link itself: only in the answer that made it, only its hash is stored. */
  url: z.string().optional(),
});
export type Invitation = z.infer<typeof Invitation>;
export const NewInvitation = z.object({
  id: Id.optional(),
  role: z.enum(['editor', 'annotator', 'reader']),
  days: z.int().min(1).max(90).default(7),
  maxUses: z.int().min(1).max(500).default(10),
});
