import { unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { describe, expect, it } from 'vitest';
import type { ExportFormat } from '@/lib/exchange/formats';
import { Losses } from '@/lib/exchange/losses';
import type { ExportRecord, RecordOf } from '@/lib/exchange/record';
import { writeExport } from '@/lib/exchange/write';
import { childrenOf, parseXml, type XmlElement } from '@/lib/exchange/xml';
import type { Thread } from '@/lib/threads/thread';
import { bytesOf, idOf, PROJECT, reading, smallProject } from '@/tests/support/exchange-records';

const AT = '2026-03-01T10:00:00.000Z';
const BOB = { id: idOf(9, 2), name: 'Bob' };
const EVE = { id: idOf(9, 3), name: 'Eve Doe' };

function threadOf(nth: number, about: Partial<Thread>, texts: string[]): ExportRecord {
  const comments = texts.map((text, at) => ({
    ...{
      id: idOf(8, nth * 100 + at),
      threadId: idOf(7, nth),
      creator: at === 0 ? BOB : EVE,
      guest: null,
      text,
      created: AT,
    },
    ...{ edited: null, deleted: null, revision: 1, mentions: [EVE], reactions: [] },
  }));
  const none = { annotationId: null, claimId: null, codeId: null, noteId: null, sourceId: null };
  const thread = {
    ...{ id: idOf(7, nth), projectId: PROJECT, ...none, targetCreatorId: null, passage: null, created: AT },
    ...{ revision: 1, resolved: null, assignee: null, comments, ...about },
  };
  return { kind: 'thread', thread };
}

/** The small project with discussions, and a note with everything that notes are laid out with. */
function talkedOf(): ExportRecord[] {
  const text = (words: string, ...types: string[]) => ({
    ...{ type: 'text', text: words },
    marks: types.map((type) => ({
      type,
      ...(type === 'thread' && { attrs: { threadId: idOf(7, 1) } }),
      ...(type === 'link' && { attrs: { href: 'https://paper.example/x?a=1&b="2"' } }),
    })),
  });
  const line = (...content: object[]) => ({ type: 'paragraph', content });
  const item = (words: string, ...more: object[]) => ({
    type: 'listItem',
    content: [line(text(words)), ...more],
  });
  const cell = (words: string, type = 'tableCell') => ({ type, content: [line(text(words))] });
  const more = [
    line(
      text('We talk '),
      text('of ', 'thread'),
      text('this', 'thread', 'bold'),
      text(' and '),
      text('that', 'link'),
    ),
    {
      type: 'bulletList',
      content: [item('point', { type: 'orderedList', content: [item('first'), item('second')] })],
    },
    { type: 'orderedList', content: [item('again first')] },
    { type: 'taskList', content: [{ ...item('done'), type: 'taskItem', attrs: { checked: true } }] },
    {
      type: 'table',
      content: [
        { type: 'tableRow', content: [cell('Head', 'tableHeader'), cell('Head 2', 'tableHeader')] },
        { type: 'tableRow', content: [cell('a'), cell('b')] },
      ],
    },
    { type: 'blockquote', content: [line(text('They wrote\u0007 <this> & left'))] },
    { type: 'codeBlock', content: [text('x\n\ty')] },
    { type: 'horizontalRule' },
    { type: 'livingQuery', attrs: { query: 'denied' } },
  ];
  const records = smallProject().map((record) =>
    record.kind === 'note'
      ? { ...record, content: [...record.content, ...more] as RecordOf<'note'>['content'] }
      : record,
  );
  return [
    ...records,
    threadOf(1, { noteId: idOf(6, 1), passage: 'of this' }, ['Which?', `This, @[${EVE.id}].\nReally.`]),
    threadOf(2, { annotationId: idOf(3, 1) }, ['Did he?', 'He did.']),
    threadOf(3, { claimId: idOf(4, 1), resolved: { at: AT, by: BOB } }, ['Check it']),
    threadOf(4, { codeId: idOf(1, 1) }, ['Of a code']),
  ];
}

async function write(format: ExportFormat, records = talkedOf()) {
  const losses = new Losses();
  const bytes = await bytesOf(
    writeExport(format, reading(records), losses, { profile: 'standard', made: AT }),
  );
  const parts = Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, file]) => [name, new TextDecoder().decode(file)]),
  );
  return { bytes, parts, losses: losses.report().losses.map(({ what }) => what) };
}
async function asHtml(bytes: Buffer): Promise<string> {
  const { value, messages } = await mammoth.convertToHtml(
    { buffer: bytes },
    { styleMap: ['comment-reference => sup', 'u => u'] },
  );
  expect(messages.filter(({ message }) => !/Unrecognised paragraph style/.test(message))).toEqual([]);
  return value;
}
const all = (element: XmlElement): XmlElement[] => [element, ...element.children.flatMap(all)];
const wordsIn = (element: XmlElement) =>
  all(element)
    .filter(({ name }) => name === 't')
    .map(({ text }) => text)
    .join('');

describe('Notes and claims as a Word document', () => {
  it('come back from another reader with their layout, citations as footnotes and discussions as comments', async () => {
    const html = await asHtml((await write('docx')).bytes);
    expect(html).toContain('<h2>My *note*</h2>');
    expect(html).toMatch(/“The mayor denied it”<sup><a href="#footnote-1"/);
    expect(html).toMatch(
      /<li id="footnote-1"><p> ?＝Mayor, in <a href="https:\/\/paper\.example\/a\?b=1&amp;c=2">=cmd\|"x"<\/a>, https:\/\/paper/,
    );
    expect(html).toMatch(/of <strong>this<\/strong><sup><a href="#comment-0"/);
    expect(html).toContain('<a href="https://paper.example/x?a=1&amp;b=%222%22">that</a>');
    expect(html).toMatch(/Comment \[B1\]<\/dt><dd><p>Which\?/);
    expect(html).toMatch(/Comment \[ED2\]<\/dt><dd><p>This, @Eve Doe\.<\/p><p>Really\./);
    expect(html).toMatch(/point<ol><li>first<\/li><li>second/);
    expect(html).toContain('They wrote\ufffd &lt;this&gt; &amp; left');
    expect(html).toMatch(/<table>.*Head.*<td><p>a<\/p><\/td><td><p>b<\/p><\/td>/);
    expect(html).toMatch(/<strong>disputes: <\/strong>“The mayor denied it”<sup><a href="#footnote-/);
  });

  it('say who wrote each comment and when, which is a reply to which, and which is settled', async () => {
    const { parts } = await write('docx');
    const comments = childrenOf(parseXml(parts['word/comments.xml'] ?? ''), 'comment');
    expect(comments.map(({ attributes: { author, date, id } }) => [id, author, date])).toEqual([
      ['0', 'Bob', '2026-03-01T10:00:00Z'],
      ['1', 'Eve Doe', '2026-03-01T10:00:00Z'],
      ['2', 'Bob', '2026-03-01T10:00:00Z'],
    ]);
    const keys = comments.map((comment) => childrenOf(comment, 'p').at(-1)?.attributes.paraId);
    const extended = childrenOf(parseXml(parts['word/commentsExtended.xml'] ?? ''), 'commentEx');
    expect(
      extended.map(({ attributes: { paraId, paraIdParent, done } }) => [paraId, paraIdParent, done]),
    ).toEqual([
      [keys[0], undefined, '0'],
      [keys[1], keys[0], '0'],
      [keys[2], undefined, '1'],
    ]);
  });

  it('are sound XML in each part, with numbers that are told apart and all found again', async () => {
    for (const format of ['docx', 'docx-sources'] as const) {
      const { parts } = await write(format);
      for (const [name, text] of Object.entries(parts)) expect(parseXml(text).name, name).not.toBe('');
      const body = all(parseXml(parts['word/document.xml'] ?? ''));
      const ids = (name: string) =>
        body.filter((element) => element.name === name).map(({ attributes }) => attributes.id);
      const known = childrenOf(parseXml(parts['word/comments.xml'] ?? ''), 'comment');
      const numbers = known.map(({ attributes }) => attributes.id);
      expect(new Set(numbers).size).toBe(numbers.length);
      for (const mark of ['commentRangeStart', 'commentRangeEnd', 'commentReference'])
        expect(ids(mark).sort(), mark).toEqual([...numbers].sort());
      const notes = childrenOf(parseXml(parts['word/footnotes.xml'] ?? ''), 'footnote');
      expect(['-1', '0', ...ids('footnoteReference')]).toEqual(notes.map(({ attributes }) => attributes.id));
    }
  });

  it('say what stays behind', async () => {
    expect((await write('docx')).losses.sort()).toEqual([
      'Discussions of passages, codes and sources',
      'Passages that are not to be seen',
      'What codes mean',
      'What living queries find',
    ]);
  });
});

describe('Texts with marks as a Word document', () => {
  it('have each mark as a comment round its words, by whoever made it, with its discussion as replies', async () => {
    const { parts, bytes } = await write('docx-sources');
    const html = await asHtml(bytes);
    expect(html).toContain('<p>A 😀 harbour.</p>');
    expect(html).toMatch(/denied it <sup>.*<\/sup>&amp; left &lt;early&gt;\. =1\+1 was<sup>/);
    const comments = childrenOf(parseXml(parts['word/comments.xml'] ?? ''), 'comment');
    expect(comments.map((one) => [one.attributes.author, wordsIn(one)])).toEqual([
      ['Ada “Q” <Coder> & Co', 'QuoteCode: Denial & <doubt>, @sumSaid by ＝Mayor'],
      ['Bob', 'Did he?'],
      ['Eve Doe', 'He did.'],
      ['Ada “Q” <Coder> & Co', '<script>alert(1)</script>'],
    ]);
    expect((await write('docx-sources')).losses).toContain('Discussions of claims, notes and codes');
  });

  it('with marks that overlap, lie in each other and cross lines begin and end each where it stands', async () => {
    const records = smallProject();
    const mark = records.find(({ kind }) => kind === 'annotation') as RecordOf<'annotation'>;
    const spans = [
      [0, 20],
      [5, 30],
      [5, 10],
      [12, 13],
      [13, 14],
    ] as const;
    const marks = spans.map(([start, end], nth) => {
      const [place, quote] = mark.annotation.selector;
      const selector: typeof mark.annotation.selector = [{ ...place, start, end }, quote];
      return { ...mark, annotation: { ...mark.annotation, id: idOf(3, 50 + nth), selector } };
    });
    const source = records.find(({ kind }) => kind === 'source') as RecordOf<'source'>;
    const { parts } = await write('docx-sources', [records[0] as ExportRecord, source, ...marks]);
    const open = new Map<string, string>();
    const closed: string[] = [];
    let at = '';
    for (const { name, attributes, text } of all(parseXml(parts['word/document.xml'] ?? ''))) {
      const id = attributes.id ?? '';
      if (name === 'p') for (const [key, words] of open) open.set(key, `${words}\n`);
      if (name === 't') {
        at += text;
        for (const [key, words] of open) open.set(key, words + text);
      }
      if (name === 'commentRangeStart') open.set(id, '');
      if (name === 'commentRangeEnd') {
        closed.push(open.get(id) ?? '');
        open.delete(id);
      }
    }
    expect(open.size).toBe(0);
    expect(at).toContain('The mayor denied it');
    expect(closed.sort()).toEqual(spans.map(([start, end]) => source.text.slice(start, end)).sort());
  });
});
