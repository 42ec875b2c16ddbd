import type { Claim } from '@/lib/claims/claim';

/** Which claims a list shows; an empty string lets everything through. */
export type ClaimFilter = {
  readonly words: string;
  readonly status: string;
  /** A person's id, or `none` for claims nobody has. */
  readonly owner: string;
  readonly tag: string;
};
export const NO_FILTER: ClaimFilter = { words: '', status: '', owner: '', tag: '' };
export type ClaimOrder = 'newest' | 'due' | 'wording';

/** The claims that a filter lets through, in an order. */
export function findClaims(claims: Iterable<Claim>, filter: ClaimFilter, order: ClaimOrder): Claim[] {
  const words = filter.words.trim().toLocaleLowerCase();
  const found: Claim[] = [];
  for (const claim of claims) {
    if (claim.deleted !== null) continue;
    if (filter.status !== '' && claim.status !== filter.status) continue;
    if (filter.owner === 'none' && claim.owner !== null) continue;
    if (filter.owner !== '' && filter.owner !== 'none' && claim.owner?.id !== filter.owner) continue;
    if (filter.tag !== '' && !claim.tags.includes(filter.tag)) continue;
    if (words !== '' && ![claim.wording, ...claim.tags].join(' ').toLocaleLowerCase().includes(words))
      continue;
    found.push(claim);
  }
  return found.sort(ORDERS[order]);
}

const newest = (a: Claim, b: Claim) => (a.id < b.id ? 1 : -1);
const ORDERS: Record<ClaimOrder, (a: Claim, b: Claim) => number> = {
  newest,
  due: (a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999') || newest(a, b),
  wording: (a, b) => a.wording.localeCompare(b.wording, undefined, { numeric: true }),
};

/** Whether a claim's day is over, by the calendar of whoever looks (`today`: YYYY-MM-DD). */
export function isOverdue({ due }: Pick<Claim, 'due'>, today: string): boolean {
  return due !== null && due < today;
}

/** Today as the calendar here has it, YYYY-MM-DD. */
export function todayHere(now: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
