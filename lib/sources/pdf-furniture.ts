import type { Segment } from './pdf-lines';

/** The part of a page's height, at its top and at its foot, where what repeats is looked for. */
const ZONE = 0.2;
/** Rows at each end of a page that may repeat, and no more than this part of them all. */
const ROWS = 3;
const SHARE = 0.25;
/** PDF points by which what repeats may stand higher or lower. */
const DRIFT = 6;
/** Documents with more pages than this need a third page that says the same: by chance two do. */
const SHORT = 5;

type Piece = { readonly segment: Segment; readonly words: string; readonly isNumber: boolean };
type Side = 'top' | 'foot';

/** Words with all figures alike, so that the numbers of pages are. */
function wordsOf({ placed }: Segment): string {
  const words = placed.map(({ text }) => text.trim()).join(' ');
  return words.toLowerCase().replace(/\d+/g, '#');
}

const PAGE_NUMBER = /^(?:[\s\p{P}|]|page|seite|p|s|of|von|sur|[ivxlc]{1,7})+$/u;
const isPageNumber = (words: string) => PAGE_NUMBER.test(words) && /#|^\W*[ivxlc]+\W*$/.test(words);

/** The outermost rows of a page, those at its top from above, those at its foot from below. */
function edgesOf(segments: readonly Segment[], height: number): Record<Side, Piece[][]> {
  const rows = [...Map.groupBy(segments, ({ row }) => row).values()];
  const pieces = (row: readonly Segment[]) =>
    row.map((segment): Piece => {
      const words = wordsOf(segment);
      return { segment, words, isNumber: isPageNumber(words) };
    });
  const base = (row: readonly Segment[]) => row[0]?.base ?? 0;
  const most = Math.min(ROWS, Math.ceil(rows.length * SHARE));
  return {
    top: rows
      .slice(0, most)
      .filter((row) => base(row) < height * ZONE)
      .map(pieces),
    foot: rows
      .slice(-most)
      .reverse()
      .filter((row) => base(row) > height * (1 - ZONE))
      .map(pieces),
  };
}

function isSame(one: Piece, other: Piece): boolean {
  if (Math.abs(one.segment.base - other.segment.base) > DRIFT) return false;
  return one.words === other.words || (one.isNumber && other.isNumber);
}

/**
 * The segments of each page that repeat from page to page at its top or foot, and the numbers of pages there. `pages` are
 * the segments of each page from the top downwards, with the page's height in the same lengths.
 */
export function findFurniture(
  pages: readonly { segments: readonly Segment[]; height: number }[],
): Set<Segment>[] {
  const edges = pages.map(({ segments, height }) => edgesOf(segments, height));
  const flat = { top: edges.map(({ top }) => top.flat()), foot: edges.map(({ foot }) => foot.flat()) };
  const needed = pages.length <= SHORT ? 2 : 3;
  const isRepeated = (side: Side, piece: Piece) => {
    let found = 0;
    for (const others of flat[side]) {
      if (others.some((other) => isSame(piece, other))) found += 1;
      if (found >= needed) return true;
    }
    return false;
  };
  return edges.map((edge) => {
    const found = new Set<Segment>();
    for (const side of ['top', 'foot'] as const) {
      for (const row of edge[side]) {
        const repeated = row.filter((piece) => isRepeated(side, piece));
        const isWhole = repeated.length === row.length;
        // A line of a column may stand beside the number of a page, and be like one of another page by chance.
        for (const { segment, isNumber } of repeated) if (isWhole || isNumber) found.add(segment);
        // From the edge inwards: what stands behind a line of the text is part of the text.
        if (!isWhole) break;
      }
    }
    return found;
  });
}
