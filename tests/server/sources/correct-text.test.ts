import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText } from '@/lib/sources/canonical-text';
import { cleanHtml, parseClean } from '@/server/sources/clean-html';
import { correctText, correctWhole } from '@/server/sources/correct-text';

const PAGE = cleanHtml(
  `<h2>A report</h2><p>The <b>old <i>clerk</i></b> said <a href="https://a.example/">so 👩‍💻 here</a> in May.</p>
   <ul><li>First of all</li><li>Second to none</li></ul>
   <table><tr><td>Cell one</td><td>Cell two</td></tr></table><p>Line one<br>line two, then no more.</p>`,
  null,
);
const flat = (text: string) => text.replace(/\s+/g, ' ').trim();
const at = (words: string, text: string) => {
  const start = PAGE.text.indexOf(words);
  expect(start).toBeGreaterThan(-1);
  return { start, end: start + words.length, text };
};

describe('Correcting a passage of stored html', () => {
  it('keeps the form of what stands around it, also where the passage begins in one and ends in another', () => {
    const made = correctText(PAGE.html, [at('old clerk said', 'head clerk wrote')]);
    expect(made.text).toBe(PAGE.text.replace('old clerk said', 'head clerk wrote'));
    expect(made.html).toContain('<a href="https://a.example/"');
    expect(made.html).toContain('<td>Cell one</td>');
  });

  it('takes words in, takes words out, and several passages at once', () => {
    const into = at('May', '');
    const corrections = [
      { ...into, end: into.start, text: 'early ' },
      at(' so 👩‍💻', ''),
      at('First', 'Before'),
    ];
    const { text } = correctText(PAGE.html, corrections);
    expect(flat(text)).toContain('old clerk said here in early May.');
    expect(text).toContain('Before of all\nSecond');
  });

  it.each<[string, () => ReturnType<typeof at>]>([
    ['two paragraphs', () => at('report\n\nThe', 'x')],
    ['two items of a list', () => at('all\nSecond', 'x')],
    ['two cells', () => at('one\tCell', 'x')],
    ['two lines', () => at('one\nline', 'x')],
    ['words with a line end', () => at('May', 'a\nb')],
    ['a passage beyond the text', () => ({ start: PAGE.text.length, end: PAGE.text.length + 1, text: 'x' })],
  ])('refuses %s', (_, correction) => {
    expect(() => correctText(PAGE.html, [correction()])).toThrow(/within one paragraph|outside the text/);
  });

  it('gives the text with the words in their place and html of that very text, or refuses', () => {
    const offset = fc.nat(PAGE.text.length);
    const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '<', '&', '“', 'é', '測') });
    let taken = 0;
    fc.assert(
      fc.property(offset, fc.nat(12), words, (start, length, text) => {
        const end = Math.min(PAGE.text.length, start + length);
        const expected = PAGE.text.slice(0, start) + text + PAGE.text.slice(end);
        fc.pre(expected.isWellFormed());
        let made: ReturnType<typeof correctText>;
        try {
          made = correctText(PAGE.html, [{ start, end, text }]);
        } catch (error) {
          expect(String(error)).toMatch(/within one paragraph/);
          return;
        }
        taken += 1;
        expect(flat(made.text)).toBe(flat(expected));
        expect(canonicalText(parseClean(made.html)).text).toBe(made.text);
      }),
      { seed: 20_265, numRuns: 400 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});

describe('Correcting the whole text', () => {
  it('keeps the form where the lines are the same ones, and replaces only the words that differ', () => {
    const corrected = PAGE.text.replace('old clerk', 'former clerk').replace('Second', 'Next');
    const made = correctWhole(PAGE.html, corrected);
    expect(made.text).toBe(corrected);
    expect(made.html).toContain('<i>clerk</i>');
    expect(made.html).toContain('<li>Next to none</li>');
  });

  it('is plain text where there are other lines', () => {
    const corrected = `${PAGE.text.split('\n\n').slice(0, 2).join('\n\n')}\n\nAnd the end.`;
    const made = correctWhole(PAGE.html, corrected);
    expect(made.text).toBe(corrected);
    expect(made.html).not.toContain('<b>');
  });
});
