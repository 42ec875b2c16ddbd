import type { Contribution, Count } from './contribution';
import { COUNTS } from './contribution';

/** What an event of the log counts as, by its type; of a claim or a discussion with what was done to it. */
const COUNTS_AS: Readonly<Record<string, Count>> = {
  'code.created': 'codebook',
  'code.updated': 'codebook',
  'code.merged': 'codebook',
  'code.split': 'codebook',
  'claim.evidence': 'evidence',
  'claim.signed-off': 'reviews',
  'comment.created': 'comments',
  'thread.created': 'threads',
  'thread.resolved': 'decisions',
  'source.targets-decided': 'decisions',
  'code.reviewed': 'decisions',
};

/** The count that a deed belongs to: named by it already, or by the type of an event; null for what counts for nothing. */
export function countOf(what: string): Count | null {
  if (Object.hasOwn(COUNTS, what)) return what as Count;
  return COUNTS_AS[what] ?? null;
}

/** Who did what, by name: people who are members now, and others who did something. */
export function addUp(
  people: readonly { id: string; name: string; isMember: boolean }[],
  deeds: readonly { userId: string; what: string; count: number }[],
): Contribution[] {
  return people
    .map(({ id, name, isMember }) => {
      const counts = Object.fromEntries(Object.keys(COUNTS).map((key) => [key, 0])) as Record<Count, number>;
      for (const { userId, what, count } of deeds) {
        const key = userId === id ? countOf(what) : null;
        if (key !== null) counts[key] += count;
      }
      return { person: { id, name }, isMember, ...counts };
    })
    .filter(({ isMember, ...one }) => isMember || Object.keys(COUNTS).some((key) => one[key as Count] > 0));
}
