import fc from 'fast-check';
import type { Coding, Ratings } from '@/lib/agreement/ratings';
import type { Scope } from '@/lib/agreement/scope';

const value = fc.option(fc.constantFrom('1', '2', '3', '4'), { freq: 6 });

/** Ratings of two to five coders, with values missing here and there. */
export const someRatings = fc.integer({ min: 2, max: 5 }).chain((coders) =>
  fc.array(fc.array(value, { minLength: coders, maxLength: coders }), { minLength: 1, maxLength: 25 }).map(
    (rows): Ratings => ({
      coders: Array.from({ length: coders }, (_, at) => `coder ${at}`),
      rows: rows.map((values, at) => ({ unit: `unit ${at}`, values })),
    }),
  ),
);

export const CODERS = ['ann', 'bea', 'cem', 'dan'];
export const TEXT =
  'The bridge was closed. Nobody said why! Dr. Lund, who knew, was away.\n\nThe town votes in May. It has waited long.\n***\nIt will wait.';
export const SOURCES: Scope['sources'] = [
  { id: 'one', text: TEXT },
  { id: 'two', text: TEXT.slice(24), coders: ['ann', 'bea', 'cem'] },
  { id: 'none', text: '' },
];

/** A coding on one of the sources; ends are few, so that the same passage comes back. */
export const someCoding = fc
  .record({
    coder: fc.constantFrom(...CODERS, 'a stranger'),
    source: fc.constantFrom('one', 'two', 'another'),
    code: fc.constantFrom('cause', 'blame', 'delay; long'),
    start: fc.nat(11).map((at) => at * 8),
    length: fc.integer({ min: 0, max: 5 }).map((by) => by * 7),
  })
  .map(({ length, ...rest }): Coding => ({ ...rest, end: rest.start + length }));
