import type { Since } from '@/lib/events/activity';

const NAMES: Record<Since['counts'][number]['of'], readonly [one: string, many: string]> = {
  marks: ['mark', 'marks'],
  comments: ['comment', 'comments'],
  claims: ['claim', 'claims'],
  sources: ['source', 'sources'],
  versions: ['new version', 'new versions'],
  codes: ['code', 'codes'],
  'follow-ups': ['follow-up', 'follow-ups'],
  notes: ['note written in', 'notes written in'],
};

/** People that are named; the others are counted. */
const NAMED = 3;
const list = new Intl.ListFormat('en-GB');

/** “12 marks and 3 comments by Ben and Cleo”; `null` when nothing was made. */
export function sinceWords({ counts, people, more }: Since): string | null {
  if (counts.length === 0) return null;
  const things = counts.map(({ of, count }) => `${count} ${NAMES[of][count === 1 ? 0 : 1]}`);
  const named = people.slice(0, NAMED).map(({ name }) => name);
  const others = people.length - named.length;
  if (others > 0) named.push(others === 1 ? 'one more' : `${others} more`);
  const by = named.length === 0 ? '' : ` by ${list.format(named)}`;
  return `${more ? 'More than ' : ''}${list.format(things)}${by}`;
}
