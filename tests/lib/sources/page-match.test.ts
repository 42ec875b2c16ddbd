import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOtherPage, trimmedFrom, trimPlace } from '@/lib/sources/page-match';

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
    const trimmed = trimmedFrom(ARTICLE, ARTICLE + rest);
    const edited = ARTICLE.replace('no records', 'few records');
    for (const page of [edited + rest, `${edited}\n\nRead more\n\nSomething else`]) {
      expect(page.slice(0, trimPlace(page, trimmed) ?? 0).trimEnd()).toBe(edited);
    }
  });

  it('is found wherever it begins again, and never where nothing was left out', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.string(),
        fc.string({ minLength: 1 }),
        (source, left, now) => {
          const trimmed = trimmedFrom(source, source + left);
          const page = now + left;
          const at = trimPlace(page, trimmed);
          if (left.trim() === '') expect(at).toBeNull();
          else if (at !== null)
            expect(page.slice(at).startsWith((trimmed as string).split('\n')[0] as string)).toBe(true);
          else expect(left.trimStart().split('\n')[0]?.trim() ?? '').toBe('');
        },
      ),
    );
  });

  it('is not known when the source is no beginning of the page', () => {
    expect(trimmedFrom('Another text', ARTICLE)).toBeNull();
    expect(trimPlace(ARTICLE, null)).toBeNull();
    expect(trimPlace(ARTICLE, 'Not in it')).toBeNull();
  });
});
