import { describe, expect, it } from 'vitest';
import { articleFromFile } from '@/server/sources/import-file';

const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const HEAD =
  'From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/news/1\r\nSubject: A page\r\nMIME-Version: 1.0\r\n';
const page = (body: string) => `<html><head><title>A title</title></head><body><p>${body}</p></body></html>`;

type Given = { type?: string; encoding?: string; body: string; headers?: string[]; end?: string };
const part = ({ type = 'text/html', encoding = '8bit', body, headers = [] }: Given) =>
  [`Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`, ...headers, '', body].join('\r\n');
const message = (type: string, parts: readonly string[], boundary = '----b--') =>
  `${HEAD}Content-Type: ${type};\r\n\tboundary="${boundary}"\r\n\r\n${parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('')}--${boundary}--\r\n`;
const related = (...parts: string[]) => message('multipart/related; type="text/html"', parts);
const read = (source: string, name = 'page.mhtml') => articleFromFile(name, latin(source));

describe('A saved page', () => {
  it('is read where it is quoted-printable, over the ends of its lines', async () => {
    const body = page('caf=C3=A9 costs 3 =E2=82=AC, a=3Db and a long li=\r\nne');
    const source = related(
      part({
        type: 'text/html; charset=utf-8',
        encoding: 'quoted-printable',
        body,
        headers: ['Content-Location: https://example.org/news/1'],
      }),
      part({ type: 'text/css', body: 'p { color: red }' }),
    );
    expect(await read(source)).toMatchObject({
      title: 'A title',
      text: 'café costs 3 €, a=b and a long line',
      canonicalUrl: 'https://example.org/news/1',
    });
  });

  it('is read where it is base64, in the character set of its part, under any name', async () => {
    const body = Buffer.from(page('caf\xe9 \x97 x'), 'latin1').toString('base64').replace(/.{76}/g, '$&\r\n');
    const source = related(part({ type: 'text/html; charset="iso-8859-1"', encoding: 'base64', body }));
    expect(await read(source, 'page.txt')).toMatchObject({ text: 'café — x' });
  });

  it('is the part that is named as the root, also in parts of parts', async () => {
    const first = part({ body: page('A frame'), headers: ['Content-ID: <frame>'] });
    const root = part({ body: page('The page'), headers: ['Content-ID: <root>'] });
    const source = message('multipart/related; start="<root>"', [first, root]);
    expect((await read(source)).text).toBe('The page');
    const nested = message('multipart/alternative', [part({ type: 'text/plain', body: 'no' }), root], 'in');
    expect((await read(related(nested.slice(HEAD.length)))).text).toBe('The page');
    const alike = message(
      'multipart/related',
      [message('multipart/alternative', [root], 'bb').slice(HEAD.length)],
      'b',
    );
    expect((await read(alike)).text).toBe('The page');
  });

  it('resolves its links against the address it was saved from, and keeps no script of it', async () => {
    const body = page(
      'Read <a href="/more">more</a><script>alert(1)</script><img src="cid:1" onerror="alert(1)">',
    );
    const { html } = await read(
      related(part({ body, headers: ['Content-Location: https://example.org/a/'] })),
    );
    expect(html).toBe(
      '<p>Read <a href="https://example.org/more" rel="noopener noreferrer nofollow">more</a></p>',
    );
  });

  it('takes no address that is none of the web', async () => {
    const headers = ['Content-Location: javascript:alert(1)'];
    expect((await read(related(part({ body: page('Words'), headers })))).canonicalUrl).toBeNull();
  });

  it('is told from a text that begins like a letter', async () => {
    const letter = 'From: Ada\nSubject: The ledger\n\nDear all';
    expect((await read(letter, 'letter.txt')).text).toBe('From: Ada\nSubject: The ledger\n\nDear all');
  });

  it.each([
    ['no page in it', related(part({ type: 'text/css', body: 'p {}' }))],
    ['no parts', `${HEAD}Content-Type: multipart/related; boundary="b"\r\n\r\n`],
    ['no boundary', `${HEAD}Content-Type: multipart/related\r\n\r\n--\r\n\r\n`],
    ['no end of its head', `${HEAD}Content-Type: multipart/related; boundary="b"`],
    ['a page without text', related(part({ body: '<html><body></body></html>' }))],
    ['far too many parts', related(...new Array(6_000).fill(part({ type: 'text/css', body: '' })))],
    [
      'parts in parts without end',
      new Array(50)
        .fill(0)
        .reduce<string>(
          (inner, _, at) => message('multipart/related', [inner.slice(HEAD.length)], `b${at}`),
          related(part({ body: page('Words') })),
        ),
    ],
    ['a page a thousand deep', related(part({ body: `<html>${'<div>'.repeat(1_000)}Words` }))],
    [
      'a million boundaries',
      `${HEAD}Content-Type: multipart/related; boundary="b"\r\n\r\n${'--b\n'.repeat(1_000_000)}`,
    ],
  ])('is refused in no time, with %s', async (_what, source) => {
    const from = performance.now();
    await expect(read(source)).rejects.toThrow(expect.objectContaining({ code: 'invalid' }));
    expect(performance.now() - from).toBeLessThan(2_000);
  });
});
