import { z } from 'zod';
import { Id } from '../ids';

/** What is left of a person for others: a name that is theirs alone, an address that no mail reaches. */
export type Pseudonym = { readonly id: string; readonly name: string; readonly email: string };

/** The pseudonym of the person with this id, the `nr`th of the instance who was erased; it stays the same everywhere. */
export function pseudonymOf(id: string, nr: number): Pseudonym {
  return { id, name: `Erased person ${nr}`, email: `${id}@erased.invalid` };
}

const Count = z.object({ what: z.string(), count: z.int().min(1) });

/** What becomes of what, told before a person erases themselves. */
export const ErasurePlan = z.object({
  /** Projects that have no other owner: they are handed over, or deleted, first. */
  blockedBy: z.array(z.object({ id: Id, name: z.string() })),
  /** What stays, under a pseudonym. */
  stays: z.array(Count),
  /** What is removed. */
  goes: z.array(Count),
  /** Protected speakers whose identity nobody else may read: with them goes the way to it. */
  aloneKnows: z.int().min(0),
});
export type ErasurePlan = z.infer<typeof ErasurePlan>;

/** Says that a person means it: their own e-mail address, typed. */
export const ErasureWish = z.object({ email: z.string().trim().max(254) });

/** Somebody who was erased, as a list of them tells it: no name, so that it can be kept beside backups. */
export const ErasedPerson = z.object({ id: Id, pseudonym: z.string(), erased: z.iso.datetime() });
export type ErasedPerson = z.infer<typeof ErasedPerson>;
