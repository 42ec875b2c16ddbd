import { describe, expect, it } from 'vitest';
import { fromSelection } from '@/lib/anchoring/from-selection';
import { bookmarklet, CLIP_READY } from '@/lib/sources/bookmarklet';
import { MOST_CLIP, readClip } from '@/lib/sources/clip';

const SITE = 'https://paper.example';
const sent = (fields: object = {}) => ({
  gloss: 'page',
  html: '<p>Words</p>',
  url: `${SITE}/story?id=1`,
  title: ' A story ',
  selection: { exact: ' Words ', prefix: 'before ', suffix: ' behind' },
  ...fields,
});
const clipOf = (message: unknown, from = SITE) => {
  const read = readClip(message, from);
  if (read === null || 'fault' in read) throw new Error('It was not taken');
  return read.clip;
};

describe('A page that another window sends', () => {
  it('is taken with its address, its title and what was selected', () => {
    expect(clipOf(sent())).toEqual({
      html: '<p>Words</p>',
      url: `${SITE}/story?id=1`,
      title: 'A story',
      selection: { exact: 'Words', prefix: 'before ', suffix: ' behind' },
    });
  });

  it.each([
    'https://bank.example/',
    'http://paper.example/story',
    'https://paper.example:8443/',
    'https://sub.paper.example/',
  ])('can’t say that it stands at %s, another site than sent it', (url) => {
    expect(readClip(sent({ url }), SITE)).toEqual({ fault: expect.stringContaining('It was not taken') });
  });

  it.each([
    'file:///home/me/x.html',
    'javascript:alert(1)',
    'about:blank',
    'https://me:secret@paper.example/',
    `${SITE}/${'x'.repeat(4_000)}`,
    7,
  ])('has no address where that is none a link may lead to: %s', (url) => {
    expect(clipOf(sent({ url }), 'null').url).toBe(null);
  });

  it('has no selection where it is empty, too long or no text', () => {
    for (const selection of [
      undefined,
      null,
      'x',
      { exact: ' ' },
      { exact: 'x'.repeat(20_001) },
      { exact: 3 },
    ])
      expect(clipOf(sent({ selection })).selection).toBe(null);
  });

  it('is heard among messages of other scripts', () => {
    for (const message of [
      null,
      'gloss:page',
      3,
      [],
      {},
      { gloss: 'page' },
      sent({ gloss: 'other' }),
      sent({ html: 1 }),
    ])
      expect(readClip(message, SITE)).toBe(null);
  });

  it('is refused where it is empty or larger than an import may be', () => {
    expect(readClip(sent({ html: ' ' }), SITE)).toHaveProperty('fault');
    expect(readClip(sent({ html: 'x'.repeat(MOST_CLIP) }), SITE)).toHaveProperty('clip');
    expect(readClip(sent({ html: 'x'.repeat(MOST_CLIP + 1) }), SITE)).toHaveProperty('fault');
  });
});

describe('The bookmark', () => {
  it('is a script for one Gloss alone, and loads nothing', () => {
    const address = bookmarklet('https://gloss.example/projects/1');
    expect(address).toMatch(/^javascript:void /);
    const code = decodeURIComponent(address.slice('javascript:'.length));
    expect(() => new Function(code)).not.toThrow();
    expect(code).toContain('"https://gloss.example"');
    expect(code).toContain(JSON.stringify(CLIP_READY));
    expect(code).not.toMatch(/fetch|XMLHttpRequest|\.src\b|innerHTML|cookie|localStorage|'\*'/);
  });
});

describe('What was selected on a page', () => {
  const text = 'A heading\n\nThe first words of it. “Never,” she said.\n\nThe last words of it.';
  const select = (exact: string, prefix = '', suffix = '') => fromSelection(text, { exact, prefix, suffix });

  it('is found in the text that was read, over other white space between blocks', () => {
    expect(select('“Never,” she said.\nThe last', 'first words of it. ', ' words')?.[1].exact).toBe(
      '“Never,” she said.\n\nThe last',
    );
  });

  it('is told from the same words elsewhere by what stands around it', () => {
    expect(select('words of it', 'she said.\n\nThe last ', '.')?.[0].start).toBe(
      text.lastIndexOf('words of it'),
    );
  });

  it('is no mark where the text does not have it, or has it at several places that fit alike', () => {
    expect(select('Subscribe to our newsletter today')).toBe(null);
    expect(select('words of it')).toBe(null);
  });
});
