import { describe, expect, it } from 'vitest';
import { passageLink } from '@/lib/sources/text-fragment';
import { Seeded } from '@/tests/support/gate/seeded';

const PAGE = 'https://example.org/report';
const TEXT =
  'Water plan\n\nThe draft says the pumps failed twice, in March and in May.\n\nThe ministry said the pumps failed once. A follow-up, it said, is due – “by Friday”.\n\n国会は水道法の改正案を可決した。';

/** The parts of a link's directive, decoded. */
function partsOf(link: string) {
  const directive = link.slice(link.indexOf(':~:text=') + 8).split(',');
  const before = directive[0]?.endsWith('-')
    ? decodeURIComponent((directive.shift() ?? '').slice(0, -1))
    : '';
  const after = directive.at(-1)?.startsWith('-') ? decodeURIComponent((directive.pop() ?? '').slice(1)) : '';
  return { before, words: directive.map(decodeURIComponent), after };
}
const linkTo = (words: string, address = PAGE, nth = 0) => {
  let start = TEXT.indexOf(words);
  for (let turn = 0; turn < nth; turn++) start = TEXT.indexOf(words, start + 1);
  return passageLink(address, TEXT, { start, end: start + words.length });
};

describe('A link to a passage', () => {
  it('names words that stand once by themselves', () => {
    expect(linkTo('in March and in May')).toBe(`${PAGE}#:~:text=in%20March%20and%20in%20May`);
  });

  it('escapes what a directive is made of', () => {
    expect(linkTo('A follow-up, it said')).toBe(`${PAGE}#:~:text=A%20follow%2Dup%2C%20it%20said`);
  });

  it('keeps the place an address already names, and takes another passage away', () => {
    expect(linkTo('March', `${PAGE}?a=1#part:~:text=old`)).toBe(`${PAGE}?a=1#part:~:text=March`);
  });

  it('says what stands around words that are there twice', () => {
    expect(partsOf(linkTo('the pumps failed'))).toEqual({
      before: 'The draft says',
      words: ['the pumps failed'],
      after: 'twice, in March and',
    });
    expect(partsOf(linkTo('the pumps failed', PAGE, 1))).toEqual({
      before: 'The ministry said',
      words: ['the pumps failed'],
      after: 'once. A follow-up',
    });
  });

  it('names a passage over two paragraphs by its first and last words', () => {
    const start = TEXT.indexOf('in March');
    const end = TEXT.indexOf('once.') + 'once'.length;
    expect(partsOf(passageLink(PAGE, TEXT, { start, end }))).toEqual({
      before: 'the pumps failed twice,',
      words: ['in March and in May', 'said the pumps failed once'],
      after: '. A follow-up, it',
    });
  });

  it('takes in the whole word a passage ends inside of', () => {
    expect(partsOf(linkTo('arch and in Ma')).words).toEqual(['March and in May']);
  });

  it('is, whatever the passage, an address of the page with words that stand in the text in that order', () => {
    const random = new Seeded(7);
    for (let turn = 0; turn < 2_000; turn++) {
      const start = random.below(TEXT.length - 1);
      const end = start + 1 + random.below(TEXT.length - start);
      if (TEXT.slice(start, end).trim() === '') continue;
      const link = passageLink(PAGE, TEXT, { start, end });
      expect(URL.parse(link)?.pathname, link).toBe('/report');
      const { before, words, after } = partsOf(link);
      let from = 0;
      for (const part of [before, ...words, after]) {
        if (part === '') continue;
        const at = TEXT.indexOf(part, words.length === 2 ? 0 : from);
        expect(at, link).toBeGreaterThanOrEqual(0);
        if (part === before) from = at + part.length;
      }
    }
  });
});
