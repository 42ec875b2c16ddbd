import { z } from 'zod';
import { Id } from '../ids';

/** A project that its owner deleted and can still restore, until the moment `ends`. */
export const DeletedProject = z.object({
  id: Id,
  name: z.string(),
  teamName: z.string(),
  deleted: z.iso.datetime(),
  ends: z.iso.datetime(),
});
export type DeletedProject = z.infer<typeof DeletedProject>;

/** When a project that was deleted then is over for good, with so many days of grace. */
export function endOf(deleted: Date, days: number): Date {
  return new Date(deleted.getTime() + days * 86_400_000);
}
