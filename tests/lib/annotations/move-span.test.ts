import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moveSpan, type SpanCommand, type Unit } from '@/lib/annotations/move-span';
import { characterAt, trimSpan } from '@/lib/annotations/trim-span';

const TEXT =
  'The draft names nine firms. “We did nothing,” said Mr. Lee.\n\nA second one\tcell\n家族は👨‍👩‍👧です。次の文。\n\nשלום עולם. סוף.';
const at = (words: string) => ({ start: TEXT.indexOf(words), end: TEXT.indexOf(words) + words.length });
const words = (span: { start: number; end: number } | null) =>
  span === null ? null : TEXT.slice(span.start, span.end);
const move = (
  from: string,
  edge: 'start' | 'end',
  unit: Unit,
  direction: 'back' | 'forward',
): string | null => words(moveSpan(TEXT, at(from), { kind: 'move', edge, unit, direction }));

describe('moving a passage by keyboard', () => {
  test('selects sentence after sentence, over the ends of paragraphs, cells and lines', () => {
    const found: (string | null)[] = [];
    let span = moveSpan(TEXT, null, { kind: 'select', direction: 'forward' });
    for (let turn = 0; turn < 20; turn += 1) {
      if (found.at(-1) === words(span)) break;
      found.push(words(span));
      span = moveSpan(TEXT, span, { kind: 'select', direction: 'forward' });
    }
    expect(found[0]).toBe('The draft names nine firms.');
    expect(found).toContain('A second one');
    expect(found).toContain('cell');
    expect(found).toContain('家族は👨‍👩‍👧です。');
    expect(found).toContain('次の文。');
    expect(found.at(-1)).toBe('סוף.');
    const back: (string | null)[] = [];
    for (let turn = 0; turn < found.length; turn += 1) {
      back.unshift(words(span));
      span = moveSpan(TEXT, span, { kind: 'select', direction: 'back' });
    }
    expect(back).toEqual(found);
  });

  test('takes the sentence a caret stands in', () => {
    const caret = { start: TEXT.indexOf('nine'), end: TEXT.indexOf('nine') };
    expect(words(moveSpan(TEXT, caret, { kind: 'select', direction: 'forward' }))).toBe(
      'The draft names nine firms.',
    );
  });

  test.each([
    ['draft names', 'end', 'word', 'forward', 'draft names nine'],
    ['draft names', 'end', 'word', 'back', 'draft'],
    ['draft names', 'start', 'word', 'back', 'The draft names'],
    ['draft names', 'start', 'word', 'forward', 'names'],
    ['draft names', 'end', 'character', 'forward', 'draft names n'],
    ['draft names', 'end', 'character', 'back', 'draft name'],
    ['draft names', 'start', 'character', 'back', 'e draft names'],
    ['draft names', 'start', 'character', 'forward', 'raft names'],
    ['draft names', 'end', 'sentence', 'forward', 'draft names nine firms.'],
    ['draft names', 'start', 'sentence', 'back', 'The draft names'],
    ['second one', 'end', 'word', 'forward', 'second one\tcell'],
    ['second one', 'start', 'sentence', 'back', 'A second one'],
    ['家族は', 'end', 'character', 'forward', '家族は👨‍👩‍👧'],
    ['👨‍👩‍👧です', 'start', 'character', 'forward', 'です'],
    ['draft', 'end', 'word', 'back', 'draft'],
    ['d', 'start', 'character', 'forward', 'd'],
  ] as const)('moves "%s" at its %s by a %s %s to "%s"', (from, edge, unit, direction, to) => {
    expect(move(from, edge, unit, direction)).toBe(to);
  });

  test('keeps ends inside the text, whole and off white space, whatever the commands', () => {
    const command = fc.oneof(
      fc.constantFrom<SpanCommand>(
        { kind: 'select', direction: 'forward' },
        { kind: 'select', direction: 'back' },
      ),
      fc.record({
        kind: fc.constant('move' as const),
        edge: fc.constantFrom('start' as const, 'end' as const),
        unit: fc.constantFrom<Unit>('character', 'word', 'sentence'),
        direction: fc.constantFrom('back' as const, 'forward' as const),
      }),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        let span = moveSpan(TEXT, null, { kind: 'select', direction: 'forward' });
        for (const next of commands) span = moveSpan(TEXT, span, next);
        expect(span).not.toBeNull();
        expect(trimSpan(TEXT, span ?? { start: 0, end: 0 })).toEqual(span);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test('answers quickly in one line of a million units', () => {
    const long = 'word and '.repeat(120_000);
    const middle = long.length / 2;
    const begun = performance.now();
    const grown = moveSpan(
      long,
      { start: middle, end: middle + 4 },
      {
        kind: 'move',
        edge: 'end',
        unit: 'word',
        direction: 'forward',
      },
    );
    expect(grown).toEqual({ start: middle, end: middle + 8 });
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});

describe('trimming a passage', () => {
  test('never splits a character and leaves no white space at the ends', () => {
    const pieces = fc.constantFrom(
      'a',
      'é',
      'e\u0301',
      ' ',
      '\n\n',
      '\t',
      '👨‍👩‍👧',
      '🇩🇪',
      '家',
      '𝒳',
      'ש',
      '👍🏽',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), fc.nat(200), fc.nat(200), (parts, from, length) => {
        const text = parts.join('');
        const starts = new Set([text.length]);
        for (const { index } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text))
          starts.add(index);
        const start = Math.min(from, text.length);
        const end = Math.min(start + length, text.length);
        const span = trimSpan(text, { start, end });
        if (span === null) {
          expect(text.slice(start, end).trim()).toBe('');
          return;
        }
        expect(starts.has(span.start) && starts.has(span.end)).toBe(true);
        const kept = text.slice(span.start, span.end);
        expect(kept).toBe(kept.trim());
        expect(kept).toContain(text.slice(start, end).trim());
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  test('finds the whole character at any unit of it', () => {
    const text = 'ab👨‍👩‍👧c';
    for (let offset = 2; offset < text.length - 1; offset += 1)
      expect(characterAt(text, offset)).toEqual({ start: 2, end: text.length - 1 });
    expect(characterAt(text, text.length)).toBeNull();
  });
});
