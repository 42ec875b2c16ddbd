import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageStarts, runsOf } from '@/lib/sources/pdf-places';
import { articleFromFile } from '@/server/sources/import-file';
import { readFetched, trimmed } from '@/server/sources/read-given';
import { runReader } from '@/server/sources/run-reader';
import { column, hostilePdfs, pdfFile } from '@/tests/support/pdf-files';

const LEFT = [
  'The harbour was closed on a',
  'Tuesday, which nobody had ex-',
  'pected of the ofﬁce in charge.',
];
const RIGHT = [
  'On the same day the council',
  'met in the hall and spoke of',
  'what the harbour costs a year.',
];
const report = (nth: number) => ({
  texts: [
    { x: 60, y: 40, text: 'Report on a harbour', size: 8 },
    ...(nth === 1 ? [{ x: 60, y: 80, text: 'What the harbour costs', size: 20 }] : []),
    ...column([`Chapter ${'abc'[nth - 1]} of the story begins`, ...LEFT], { x: 60 }),
    ...column(RIGHT, { x: 240 }),
    { x: 290, y: 800, text: `${nth}`, size: 8 },
  ],
});
const read = (file: Parameters<typeof pdfFile>[0], name = 'harbour.pdf') =>
  articleFromFile(name, pdfFile(file));

describe('A PDF', () => {
  it('is read column by column, without what repeats, with its words whole', async () => {
    const article = await read({ pages: [report(1), report(2), report(3)], language: 'en-GB' });
    expect(article.text.split('\n\n').slice(0, 4)).toEqual([
      'What the harbour costs',
      'Chapter a of the story begins The harbour was closed on a Tuesday, which nobody had expected of the office in charge.',
      'On the same day the council met in the hall and spoke of what the harbour costs a year.',
      'Chapter b of the story begins The harbour was closed on a Tuesday, which nobody had expected of the office in charge.',
    ]);
    expect(article).toMatchObject({
      title: 'What the harbour costs',
      language: 'en-GB',
      byline: null,
      leftOut: ['What repeats at the top or foot of pages, and their numbers.'],
    });
    expect(article.html).toMatch(/^<h1>What the harbour costs<\/h1><p>Chapter a/);
  });

  it('keeps where each part of its text stands, in points from the top left corner', async () => {
    const { text, places } = await read({ pages: [report(1), report(2), report(3)] });
    expect(places?.pages.map(({ width, height }) => [width, height])).toEqual(Array(3).fill([595, 842]));
    const runs = runsOf((places as NonNullable<typeof places>).pages[1] ?? { width: 0, height: 0, runs: [] });
    const found = runs.map(({ start, end, left, top, turn }) => [
      text.slice(start, end),
      left,
      Math.round(top),
      turn,
    ]);
    expect(found[0]).toEqual(['Chapter b of the story begins', 60, 93, 0]);
    expect(found[2]).toEqual(['Tuesday, which nobody had ex', 60, 117, 0]);
    expect(found[4]).toEqual(['On the same day the council', 240, 93, 0]);
    expect(pageStarts(places as NonNullable<typeof places>)[1]).toBe(text.indexOf('Chapter b'));
  });

  it('is read as it is shown where its pages are turned', async () => {
    const texts = [{ x: 100, y: 300, text: 'Down the page as it is stored', turn: 90 }];
    const { text, places } = await read({ pages: [{ rotate: 270, texts }] });
    expect(text).toBe('Down the page as it is stored');
    const [run] = runsOf(
      (places as NonNullable<typeof places>).pages[0] ?? { width: 0, height: 0, runs: [] },
    );
    expect(places?.pages[0]).toMatchObject({ width: 842, height: 595 });
    expect(run).toMatchObject({ left: 300, turn: 0 });
  });

  it('is called as its file is where it names itself after a program’s file', async () => {
    const pages = [{ texts: column(['a line in small letters that begins with none', 'of the sort.']) }];
    expect((await read({ pages, title: 'Microsoft Word - draft.docx' })).title).not.toContain('Word');
    expect((await read({ pages, title: 'What the harbour costs' })).title).toBe('What the harbour costs');
  });

  it('says which of its pages hold only pictures', async () => {
    const words = { texts: [{ x: 60, y: 100, text: 'The port was closed.' }] };
    const scan = { picture: true };
    expect((await read({ pages: [words, scan] })).leftOut).toEqual([
      'Page 2 holds only pictures, or nothing: there is no text to mark on it.',
    ]);
    expect((await read({ pages: [scan, words, scan, scan, scan, words, scan] })).leftOut).toEqual([
      'Pages 1, 3–5 and 7 hold only pictures, or nothing: there is no text to mark on them.',
    ]);
  });

  it('is told by its content, also behind a few bytes of something else', async () => {
    const file = pdfFile({ pages: [{ texts: [{ x: 60, y: 100, text: 'The port was closed.' }] }] });
    const behind = Uint8Array.from(Buffer.concat([Buffer.from('\0\0\r\n'), file]));
    expect((await articleFromFile('renamed.txt', behind)).text).toBe('The port was closed.');
    const about = new TextEncoder().encode('A PDF begins with %PDF-1.7.\n\nThat is all.');
    expect((await articleFromFile('about.txt', about)).text).toContain('That is all.');
  });
});

describe('A PDF that was fetched', () => {
  it('is read as a file of its address’s name, and its bytes are kept', async () => {
    const pdf = pdfFile({ pages: [{ texts: [{ x: 60, y: 100, text: 'the port was closed.' }] }] });
    const url = 'https://example.org/files/report%20of%20%E2%82%AC.pdf?v=2';
    const page = { url, pdf, html: '', contentType: 'application/pdf', hops: [url] } as const;
    const read = await readFetched({ ...page, refreshTo: null, headers: {} }, undefined);
    expect(read).toMatchObject({
      text: 'the port was closed.',
      url,
      pdf,
      origin: { how: 'url', finalUrl: url },
    });
    expect(read.places?.pages).toHaveLength(1);
    expect(trimmed(read, 8)).toMatchObject({
      text: 'the port',
      places: { pages: [{ runs: expect.arrayContaining([0, 8, 60]) }] },
    });
  });
});

describe('In the thread for reading', () => {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  let folder: string;
  let workerPath: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'gloss-pdf-'));
    workerPath = path.join(folder, 'read-worker.mjs');
    // As in production: packages stay outside of the program, which finds them beside itself.
    await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    await build({
      entryPoints: [path.join(root, 'server/sources/read-worker.ts')],
      outfile: workerPath,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node22',
      packages: 'external',
      logLevel: 'error',
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('a PDF is read as in any other', async () => {
    const bytes = pdfFile({ pages: [report(1), report(2)] });
    const job = { kind: 'file', name: 'a.pdf', bytes } as const;
    expect(await runReader(job, { workerPath })).toEqual(await articleFromFile('a.pdf', bytes));
  });

  it.each(hostilePdfs())('a file is refused in words: %s', async (what, bytes) => {
    const work = runReader({ kind: 'file', name: 'a.pdf', bytes }, { workerPath });
    const reason = /password/.test(what)
      ? 'password'
      : /pictures/.test(what)
        ? 'no-text'
        : /gigabytes/.test(what)
          ? 'too-hard'
          : 'broken';
    await expect(work).rejects.toMatchObject({ name: 'AppError', code: 'invalid', details: { reason } });
  });

  it('a file that unpacks to gigabytes is refused before it takes the memory', async () => {
    const [, bytes] = hostilePdfs().find(([what]) => /gigabytes/.test(what)) ?? [];
    if (bytes === undefined) throw new Error('There is no such file.');
    const before = process.memoryUsage.rss();
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 5);
    const work = runReader({ kind: 'file', name: 'a.pdf', bytes }, { workerPath });
    await expect(work).rejects.toThrow(/unpacks to more than 16 MiB/);
    clearInterval(watch);
    // The library itself takes half of it.
    expect((most - before) / 1_048_576).toBeLessThan(160);
  });

  it('a report of three hundred full pages comes in', async () => {
    const lines = Array.from(
      { length: 50 },
      (_, n) => `Line ${n}: the port was closed on Monday, nobody was told why.`,
    );
    const page = { texts: column(lines) };
    const bytes = pdfFile({ pages: Array.from({ length: 300 }, () => page) });
    const { places } = await runReader({ kind: 'file', name: 'a.pdf', bytes }, { workerPath });
    expect(places?.pages).toHaveLength(300);
  });
});
