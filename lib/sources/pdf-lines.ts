import { along, lettersOf, type PdfPage, type PdfRun, type Turn, turnOf } from './pdf-run';

/** A run in the view of who reads along it: `left` and `right` along the line, `base` across, growing from line to line. */
export type Placed = {
  readonly run: PdfRun;
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly base: number;
};

/** Runs of one row without a wide gap between them: a line of a column, or a cell. */
export type Segment = {
  /** In the order of `left`. */
  readonly placed: readonly Placed[];
  /** Segments of one row have the same number, and rows are numbered downwards. */
  readonly row: number;
  readonly left: number;
  readonly right: number;
  readonly base: number;
  /** The size of its largest letters. */
  readonly size: number;
  /** How many letters it has. */
  readonly length: number;
};

/** Base lines this near to each other, as a part of the larger letters' size, are one row: notes' numbers stand higher. */
const SAME_ROW = 0.45;
/** A gap of this many sizes ends a segment: wider than between most words, narrower than between columns. */
const WIDE_GAP = 0.55;

/** The runs of a page by the turn of their base lines, those to the right first; what stands at a slant is counted only. */
export function placeRuns(page: PdfPage): { turns: [Turn, Placed[]][]; slanted: number } {
  const turns = new Map<Turn, Placed[]>();
  let slanted = 0;
  for (const run of page.runs) {
    const text = lettersOf(run.text);
    if (text.trim() === '' || !(run.size > 0)) continue;
    const turn = turnOf(run);
    if (turn === null) {
      slanted += 1;
      continue;
    }
    const { u, v } = along(turn, run.x, run.y);
    const placed = { run, text, left: u, right: u + run.width, base: v };
    const group = turns.get(turn);
    if (group === undefined) turns.set(turn, [placed]);
    else group.push(placed);
  }
  return { turns: [...turns].sort(([a], [b]) => a - b), slanted };
}

function segmentOf(placed: readonly Placed[], row: number): Segment {
  const largest = placed.reduce((most, one) => (one.run.size > most.run.size ? one : most));
  return {
    placed,
    row,
    left: Math.min(...placed.map(({ left }) => left)),
    right: Math.max(...placed.map(({ right }) => right)),
    base: largest.base,
    size: largest.run.size,
    length: placed.reduce((sum, { text }) => sum + text.length, 0),
  };
}

/** Letters drawn twice to look bold are one run. */
function isTwice(one: Placed, other: Placed): boolean {
  return (
    one.text === other.text && Math.abs(one.left - other.left) < 1 && Math.abs(one.base - other.base) < 1
  );
}

function rowsOf(placed: readonly Placed[]): Placed[][] {
  const rows: { base: number; size: number; placed: Placed[] }[] = [];
  for (const one of [...placed].sort((a, b) => a.base - b.base || a.left - b.left)) {
    const row = rows.at(-1);
    const { size } = one.run;
    if (row === undefined || one.base - row.base > SAME_ROW * Math.max(row.size, size)) {
      rows.push({ base: one.base, size, placed: [one] });
      continue;
    }
    row.placed.push(one);
    if (size > row.size) Object.assign(row, { base: one.base, size });
  }
  return rows.map((row) => row.placed);
}

/** Cuts runs into rows and those at their wide gaps, from the top downwards. */
export function segmentsOf(placed: readonly Placed[]): Segment[] {
  return rowsOf(placed).flatMap((row, number) => {
    const pieces: Placed[][] = [];
    let right = Number.NEGATIVE_INFINITY;
    for (const one of row.sort((a, b) => a.left - b.left)) {
      const last = pieces.at(-1);
      if (last?.some((other) => isTwice(one, other))) continue;
      if (last === undefined || one.left - right > WIDE_GAP * one.run.size) pieces.push([one]);
      else last.push(one);
      right = Math.max(right, one.right);
    }
    return pieces.map((piece) => segmentOf(piece, number));
  });
}
