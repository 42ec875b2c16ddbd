import type { Coding, Continuum, Ratings } from '@/lib/agreement/ratings';

/** Ratings with one string of values for each coder; "." is missing. */
export function byCoder(...lines: readonly string[]): Ratings {
  const cells = lines.map((line) => line.trim().split(/\s+/));
  return {
    coders: lines.map((_, at) => `coder ${at + 1}`),
    rows: (cells[0] ?? []).map((_, unit) => ({
      unit: `unit ${unit + 1}`,
      values: cells.map((own) => (own[unit] === '.' ? null : (own[unit] ?? null))),
    })),
  };
}

/** Ratings with one word for each unit, a letter for each coder. */
export function byUnit(words: string): Ratings {
  const units = words.trim().split(/\s+/);
  return {
    coders: [...(units[0] ?? '')].map((_, at) => `coder ${at + 1}`),
    rows: units.map((values, at) => ({ unit: `unit ${at + 1}`, values: [...values] })),
  };
}

/** Two coders' table as pairs of values and how often: "11:88 12:14". */
export function byPair(cells: string): Ratings {
  const rows = cells
    .trim()
    .split(/\s+/)
    .flatMap((cell) => {
      const [pair = '', often = '0'] = cell.split(':');
      return Array.from({ length: Number(often) }, () => [...pair]);
    });
  return { coders: ['a', 'b'], rows: rows.map((values, at) => ({ unit: `unit ${at + 1}`, values })) };
}

/** Spans as "code start-end" a coder, on one continuum. */
export function spans(start: number, end: number, marks: Record<string, string>): Continuum {
  const codings: Coding[] = Object.entries(marks).flatMap(([coder, all]) =>
    [...all.matchAll(/(\S+) (\d+)-(\d+)/g)].map(([, code = '', from, to]) => ({
      ...{ coder, source: 'text', code },
      ...{ start: Number(from), end: Number(to) },
    })),
  );
  return { source: 'text', start, end, coders: Object.keys(marks), codings };
}
