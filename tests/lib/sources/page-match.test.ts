import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOtherPage, isReadOtherwise, trimMark, trimPlace } from '@/lib/sources/page-match';

const ARTICLE = `The watchdog wrote a draft report on the flood. “We found no records of any inspection,” the auditor said
on Monday. The ministry denied it and promised to answer every question before the end of May. Residents of the lower
town say that the dam was never looked at, although the law asks for a visit each spring and each autumn.`;
const JAPANESE =
  '昨夜からの大雨で川の水位が上がり、市は午前六時に避難指示を出した。堤防の点検記録は見つからず、監査人は国に説明を求めている。住民は毎年の点検を訴えてきた。';

describe('A page that is read again', () => {
  it.each([
    ['itself', ARTICLE, ARTICLE, false],
    ['itself with one word changed', ARTICLE, ARTICLE.replace('no records', 'few records'), false],
    ['itself with a new beginning', ARTICLE, `Update: the minister resigned.\n\n${ARTICLE}`, false],
    ['a short text with one word changed', 'No records were found.', 'Few records were found.', false],
    ['half of itself', ARTICLE, ARTICLE.slice(0, 150), false],
    ['a wall', ARTICLE, 'Just a moment. We are checking that your browser is safe to go on.', true],
    ['a login', ARTICLE, 'Sign in to read the article. Forgot your password?', true],
    ['nothing', ARTICLE, '', true],
    ['itself in a script without spaces', JAPANESE, JAPANESE.replace('見つからず', '見つかり'), false],
    [
      'a wall in a script without spaces',
      JAPANESE,
      '続けるにはログインしてください。パスワードを忘れた方はこちら。',
      true,
    ],
    ['anything where nothing was', '', 'Anything', false],
  ])('is %s', (_, before, now, other) => {
    expect(isOtherPage(before, now)).toBe(other);
  });
});

describe('What was left out of a page', () => {
  const rest = '\n\nRead more\n\nTen things you did not know';

  it('is left out again when the page changed before it, and when it changed itself after its first line', () => {
    const mark = trimMark(ARTICLE + rest, ARTICLE.length);
    const edited = `${ARTICLE.replace('no records', 'few records')}\n\nUpdate: they did.`;
    for (const page of [edited + rest, `${edited}\n\nRead more\n\nSomething else`]) {
      expect(page.slice(0, trimPlace(page, mark) ?? 0).trimEnd()).toBe(edited);
    }
  });

  it('is found wherever it begins again', () => {
    const words = fc.string({ minLength: 1 }).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(words, words, words, (source, left, now) => {
        const mark = trimMark(source + left, source.length) as string;
        const at = trimPlace(now + left, mark);
        expect(at).not.toBeNull();
        expect((now + left).slice(at as number)).toContain(mark.split('\n')[0]);
      }),
    );
  });

  it('is nothing when nothing was left out, and not found where it is not', () => {
    expect(trimMark(ARTICLE, ARTICLE.length)).toBeNull();
    expect(trimPlace(ARTICLE, null)).toBeNull();
    expect(trimPlace(ARTICLE, 'Not in it')).toBeNull();
  });
});

describe('A page that is read otherwise', () => {
  it.each([
    ['less is taken of it', 'a\nb\nc', 'a\nc', 'menu\na\nb\nc', true],
    ['white space aside', 'a  one\n\nb', 'a one', 'a one\nb\u00a0', true],
    ['something is gone from it', 'a\nb\nc', 'a\nc', 'menu\na\nc', false],
    ['something is new', 'a\nb', 'a\nb\nd', 'a\nb\nd', false],
    ['the order is another', 'a\nb', 'b\na', 'b\na', false],
    ['words are edited', 'a\nb\nc', 'a\nx', 'a\nb\nx', false],
    ['a line that stood twice is taken once, and stands twice', 'a\nb\na', 'a\nb', 'a\nb\na', true],
    ['a line that stood twice stands once', 'a\nb\na', 'a\nb', 'a\nb', false],
    ['of three that were one thing one is gone', 'a\na\na\nb', 'a\nb', 'a\na\nb', false],
    ['only part of a line stands elsewhere', 'a\nb is here', 'a', 'a\nwhat b is here for', false],
  ])('is told from one that changed: %s', (_, before, now, page, otherwise) => {
    expect(isReadOtherwise(before, now, page)).toBe(otherwise);
  });
});
