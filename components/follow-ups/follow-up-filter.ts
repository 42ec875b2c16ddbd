import { DUE_GROUPS, type DueGroup, dueGroup } from '@/lib/follow-ups/due';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import { byPlace } from '@/lib/follow-ups/place';
import { isOpen } from '@/lib/follow-ups/state';

/** Which follow-ups are shown; an empty string lets everything through. */
export type FollowUpFilter = {
  readonly words: string;
  /** A person's id, or `none` for what nobody has. */
  readonly owner: string;
  readonly kind: '' | FollowUp['kind'];
  readonly source: string;
};
export const NO_FILTER: FollowUpFilter = { words: '', owner: '', kind: '', source: '' };

/** The follow-ups that a filter lets through, in the order of the board. */
export function findFollowUps(followUps: Iterable<FollowUp>, filter: FollowUpFilter): FollowUp[] {
  const words = filter.words.trim().toLocaleLowerCase();
  const found: FollowUp[] = [];
  for (const one of followUps) {
    if (one.deleted !== null) continue;
    if (filter.owner === 'none' ? one.owner !== null : filter.owner !== '' && one.owner?.id !== filter.owner)
      continue;
    if (filter.kind !== '' && one.kind !== filter.kind) continue;
    if (filter.source !== '' && one.raisedBy?.sourceId !== filter.source) continue;
    const said = [one.wording, one.details, one.raisedBy?.quote ?? ''].join(' ').toLocaleLowerCase();
    if (words !== '' && !said.includes(words)) continue;
    found.push(one);
  }
  return found.sort(byPlace);
}

/** What is to be done by when it is due, the soonest first; what is done or dropped stands apart. */
export function groupByDue(
  followUps: readonly FollowUp[],
  today: string,
): { groups: { group: DueGroup; followUps: FollowUp[] }[]; over: FollowUp[] } {
  const open = followUps.filter(isOpen);
  const groups = DUE_GROUPS.map((group) => ({
    group,
    followUps: open
      .filter(({ due }) => dueGroup(due, today) === group)
      .sort((a, b) => (a.due ?? '').localeCompare(b.due ?? '') || byPlace(a, b)),
  }));
  const over = followUps.filter((one) => !isOpen(one)).sort((a, b) => (a.modified < b.modified ? 1 : -1));
  return { groups: groups.filter((group) => group.followUps.length > 0), over };
}
