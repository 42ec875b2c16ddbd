import { describe, expect, it } from 'vitest';
import { createBody, previewBody, titleComesLater } from '@/components/sources/import-request';
import { SourceGiven, SourceImport } from '@/lib/sources/source';

const ID = '01890000-0000-7000-8000-000000000001';
const text = { way: 'text', text: 'The headline\n\nThe first paragraph.' } as const;

describe('the request that brings a source in', () => {
  it('finds the title of a pasted text, and has one even where there is none', () => {
    expect(previewBody(text)).toEqual({ title: 'The headline', text: text.text });
    expect(previewBody({ way: 'text', text: '***' })).toMatchObject({ title: 'Untitled' });
  });

  it.each([
    ['example.org/a', 'https://example.org/a'],
    ['  http://example.org ', 'http://example.org'],
    ['localhost:8080/x', 'https://localhost:8080/x'],
    ['file:///etc/passwd', 'file:///etc/passwd'],
  ])('reads the address %j as %j', (typed, url) => {
    expect(previewBody({ way: 'url', url: typed })).toEqual({ url });
  });

  it('is what the contract takes', () => {
    const keep = { id: ID, title: 'Mine', trimAt: 12 };
    const url = { way: 'url', url: 'example.org' } as const;
    for (const given of [text, url]) {
      expect(SourceGiven.safeParse(previewBody(given)).success).toBe(true);
      expect(SourceImport.parse(createBody(given, keep))).toMatchObject({ id: ID, trimAt: 12 });
    }
  });

  it('sends a file with its name, title and cut as a form', () => {
    const file = new File(['<p>Hello</p>'], 'page.html', { type: 'text/html' });
    const body = createBody({ way: 'file', file }, { id: ID, title: 'Mine', trimAt: 7 }) as FormData;
    expect((body.get('file') as File).name).toBe('page.html');
    expect([body.get('id'), body.get('title'), body.get('trimAt')]).toEqual([ID, 'Mine', '7']);
    const whole = createBody({ way: 'file', file }, { id: ID, title: 'Mine', trimAt: null }) as FormData;
    expect(whole.has('trimAt')).toBe(false);
    expect(whole.has('comments')).toBe(false);
    const bare = createBody(
      { way: 'file', file },
      { id: ID, title: 'Mine', trimAt: null, leavesComments: true },
    ) as FormData;
    expect(bare.get('comments')).toBe('leave');
  });

  it('sets a title afterwards only where an address brought its own', () => {
    expect(titleComesLater({ way: 'url', url: 'example.org' }, 'Theirs', ' Mine ')).toBe(true);
    expect(titleComesLater({ way: 'url', url: 'example.org' }, 'Mine', ' Mine ')).toBe(false);
    expect(titleComesLater(text, 'Theirs', 'Mine')).toBe(false);
  });
});
