import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leavesOf } from '@/lib/search/leaves';
import { parseQuery } from '@/lib/search/parse-query';
import { printQuery } from '@/lib/search/print-query';
import type { Node } from '@/lib/search/query';

/** A tree as a short text: and is `&`, or is `|`, not is `!`. */
function shape(node: Node | null): string {
  if (node === null) return '';
  switch (node.type) {
    case 'and':
      return `(${node.nodes.map(shape).join(' & ')})`;
    case 'or':
      return `(${node.nodes.map(shape).join(' | ')})`;
    case 'not':
      return `!${shape(node.node)}`;
    case 'word':
      return node.word + (node.prefix ? '*' : '');
    case 'phrase':
      return `"${node.words}"`;
    case 'field':
      return `${node.field}=${node.value}`;
  }
}
const read = (text: string) => shape(parseQuery(text).root);

const PIECES = [
  'a',
  'draft report',
  '(',
  ')',
  '"',
  '“',
  '”',
  '-',
  ' ',
  'OR',
  'AND',
  'NOT',
  'code:',
  'by:me',
].concat(['kind:note', 'before:2024-05-31', 'before:soon', 'foo:', '*', 'Größe', '👩‍🚀', '\n']);
const anything = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(' ')),
);

describe('A query', () => {
  it.each([
    ['draft report', '(draft & report)'],
    ['"draft report"', '"draft report"'],
    ['“draft report”', '"draft report"'],
    ['draft -report', '(draft & !report)'],
    ['draft NOT "final report"', '(draft & !"final report")'],
    ['a OR b c', '(a | (b & c))'],
    ['(a OR b) c', '((a | b) & c)'],
    ['-(a b)', '!(a & b)'],
    ['NOT -a', 'a'],
    ['a AND b', '(a & b)'],
    ['govern*', 'govern*'],
    ['code:Denial -by:"Ada Byron"', '(code=Denial & !by=Ada Byron)'],
    ['Kind:NOTE before:2024-05-31', '(kind=note & before=2024-05-31)'],
    ['well-known', 'well-known'],
    ['or and not', '(or & and & not)'],
    ['', ''],
    ['()', ''],
    ['""', ''],
  ])('%s means %s, and there is nothing to remark', (text, meaning) => {
    expect(read(text)).toBe(meaning);
    expect(parseQuery(text).problems).toEqual([]);
  });

  it.each([
    ['a OR', '(a & "OR")', 2, 4],
    ['OR a', '("OR" & a)', 0, 2],
    ['a NOT', '(a & "NOT")', 2, 5],
    ['a ) b', '(a & b)', 2, 3],
    ['(a b', '(a & b)', 0, 1],
    ['say "draft report', '(say & "draft" & report)', 4, 10],
    ['speeker:Ada', 'speeker:Ada', 0, 11],
    ['kind:book a', '(kind:book & a)', 0, 9],
    ['before:2024-02-30', 'before:2024-02-30', 0, 17],
    ['after:soon', 'after:soon', 0, 10],
  ])('%s is read as %s, with a remark on the place', (text, meaning, start, end) => {
    expect(read(text)).toBe(meaning);
    expect(parseQuery(text).problems).toMatchObject([{ start, end }]);
    expect(parseQuery(text).problems[0]?.words).toMatch(/\w+.*\.$/);
  });

  it('can hold quote marks that close nothing, and printed and read again means the same', () => {
    for (const text of ['--”', '-”', 'a”b', '»-', '--a”b']) {
      const query = parseQuery(text);
      expect(shape(parseQuery(printQuery(query)).root), text).toBe(shape(query.root));
    }
  });

  it('can be any text, and printed and read again means the same', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const query = parseQuery(text);
        expect(shape(parseQuery(printQuery(query)).root)).toBe(shape(query.root));
      }),
      { numRuns: 2_000 },
    );
  });

  it('says of each part and each remark where it stands', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { root, problems } = parseQuery(text);
        for (const { start, end } of [...leavesOf(root).map(({ leaf }) => leaf), ...problems]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
        }
      }),
    );
  });

  it('takes no word away that nobody marked as an operator', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 12 }), (words) => {
        expect(
          leavesOf(parseQuery(words.join(' ')).root).map(({ leaf }) => 'word' in leaf && leaf.word),
        ).toEqual(words);
      }),
    );
  });

  it('of a thousand brackets or minus signs is read as well', () => {
    expect(read(`${'('.repeat(5_000)}a`)).toBe('a');
    expect(read(`${'NOT '.repeat(5_001)}a`)).toBe('!a');
  });
});
