import { expect, test } from 'vitest';
import { isFiltering, NO_FILTER, passes, toggled } from '@/components/annotations/filter';
import { colourOf } from '@/components/annotations/kinds';
import { newId } from '@/lib/new-id';
import { AT, annotationOf, ME, PROJECT } from '../live/project-fixture';

const hedge = {
  id: newId(),
  projectId: PROJECT,
  name: 'Hedge',
  colour: 'teal' as const,
  definition: '',
  whenToUse: '',
  whenNot: '',
  parentId: null,
  rank: 'V',
  exampleIds: [],
  memoNoteId: null,
  definitionVersion: 1,
  mergedInto: null,
  splitFrom: null,
  created: AT,
  modified: AT,
  revision: 1,
  deleted: null,
};
const codes = new Map([[hedge.id, hedge]]);
const coded = annotationOf({ motivation: 'classifying', codeIds: [hedge.id] });
const quote = annotationOf({ motivation: 'quoting', creator: ME });

test('without a filter every mark is shown', () => {
  expect(isFiltering(NO_FILTER)).toBe(false);
  expect([coded, quote].every((mark) => passes(NO_FILTER, mark))).toBe(true);
});

test('kinds, codes and people narrow each other down', () => {
  const quotes = { ...NO_FILTER, kinds: ['quoting' as const] };
  expect([coded, quote].filter((mark) => passes(quotes, mark))).toEqual([quote]);
  expect([coded, quote].filter((mark) => passes({ ...quotes, codeIds: [hedge.id] }, mark))).toEqual([]);
  expect([coded, quote].filter((mark) => passes({ ...NO_FILTER, personIds: [ME.id] }, mark))).toEqual([
    quote,
  ]);
});

test('choosing something twice takes it away again', () => {
  expect(toggled(toggled(['a'], 'b'), 'b')).toEqual(['a']);
});

test('a coding shows its code’s colour, a quote only when colours stand for codes', () => {
  expect(colourOf(coded, 'kind', codes)).toBe('teal');
  const both = { ...quote, codeIds: [hedge.id] };
  expect(colourOf(both, 'kind', codes)).not.toBe('teal');
  expect(colourOf(both, 'code', codes)).toBe('teal');
  expect(colourOf(coded, 'person', codes)).toBe(colourOf({ ...coded, codeIds: [] }, 'person', codes));
});
