import { describe, expect, it } from 'vitest';
import { findSources } from '@/components/sources/order';
import type { Source } from '@/lib/sources/source';

const source = (title: string, rest: Partial<Source> = {}) =>
  ({ title, siteName: null, byline: null, publishedAt: null, created: '2026-01-01', ...rest }) as Source;

const sources = [
  source('Étude 10', { created: '2026-03-01', siteName: 'Le Soir' }),
  source('Étude 9', { created: '2026-02-01', byline: 'Ana Pérez', publishedAt: '2025-05-01' }),
  source('Budget', { created: '2026-01-01', publishedAt: '2025-06-01' }),
];
const titles = (query: string, order: Parameters<typeof findSources>[2]) =>
  findSources(sources, query, order).map((each) => each.title);

describe('the list of sources', () => {
  it('stands in the wished order, undated ones last', () => {
    expect(titles('', 'newest')).toEqual(['Étude 10', 'Étude 9', 'Budget']);
    expect(titles('', 'oldest')).toEqual(['Budget', 'Étude 9', 'Étude 10']);
    expect(titles('', 'title')).toEqual(['Budget', 'Étude 9', 'Étude 10']);
    expect(titles('', 'published')).toEqual(['Budget', 'Étude 9', 'Étude 10']);
  });

  it('finds by every word, in title, site or byline, without accents', () => {
    expect(titles('etude', 'title')).toEqual(['Étude 9', 'Étude 10']);
    expect(titles('etude soir', 'title')).toEqual(['Étude 10']);
    expect(titles('  perez ', 'title')).toEqual(['Étude 9']);
    expect(titles('nothing', 'title')).toEqual([]);
  });

  it('leaves the given list as it is', () => {
    const before = [...sources];
    findSources(sources, '', 'title');
    expect(sources).toEqual(before);
  });
});
