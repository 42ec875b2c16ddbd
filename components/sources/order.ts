import type { Source } from '@/lib/sources/source';

export const ORDERS = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  published: 'By date published',
  title: 'By title',
} as const;
export type Order = keyof typeof ORDERS;

/** The sources whose title, site or byline holds every word of the query, in the wished order. */
export function findSources(sources: readonly Source[], query: string, order: Order): Source[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const found = sources.filter((source) => {
    const text = fold([source.title, source.siteName, source.byline].filter(Boolean).join(' '));
    return words.every((word) => text.includes(word));
  });
  return found.sort(COMPARE[order]);
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const COMPARE: Record<Order, (a: Source, b: Source) => number> = {
  newest: (a, b) => b.created.localeCompare(a.created),
  oldest: (a, b) => a.created.localeCompare(b.created),
  // Undated sources stand at the end, whichever way the rest is read.
  published: (a, b) => (b.publishedAt ?? '').localeCompare(a.publishedAt ?? ''),
  title: (a, b) => collator.compare(a.title, b.title),
};
