import type { Annotation } from '../annotations/annotation';
import { spanOf } from '../annotations/span';
import type { Source } from './source';

/** The number of the page, from 1, on which the text at an offset stands. */
export function pageAt(starts: readonly number[], offset: number): number {
  return Math.max(1, starts.findLastIndex((start) => start <= offset) + 1);
}

type Mark = Pick<Annotation, 'version' | 'selector'>;

/** The page that a mark begins on; `null` where the text it counts in was not read from pages. */
export function pageOf(mark: Mark, text: Source['text']): number | null {
  if (text.pageStarts === null || text.version !== mark.version) return null;
  return pageAt(text.pageStarts, spanOf(mark).start);
}

/** What a source is called where a passage of it is cited: its title, with the page where it has pages. */
export function titleAt(source: Pick<Source, 'title' | 'text'>, mark: Mark): string {
  const page = pageOf(mark, source.text);
  return page === null ? source.title : `${source.title}, p. ${page}`;
}
