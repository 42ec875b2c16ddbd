import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import type { Annotation } from '@/lib/annotations/annotation';
import { newId } from '@/lib/new-id';
import type { Source } from '@/lib/sources/source';
import type { SourceVersionMade } from '@/lib/sources/version';
import type { Thread } from '@/lib/threads/thread';
import { archive, docxParts, rangeEnd, rangeStart, talkParts, wordRun } from '@/tests/support/archives';
import { addPerson, ask, call, handlerOf, headersOf, ORIGIN } from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-project';

type Listed<T> = { items: T[] };

async function bring(bytes: Uint8Array<ArrayBuffer>, fields: Record<string, string> = {}): Promise<Source> {
  const form = new FormData();
  form.append('file', new File([bytes], 'report.docx'));
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const request = new Request(new URL(`/api/projects/${projectId}/sources`, ORIGIN), {
    method: 'POST',
    headers: headersOf(owner),
    body: form,
  });
  const response = await (await handlerOf('source.create'))(request, {
    params: Promise.resolve({ projectId }),
  });
  expect(response.status).toBe(201);
  return (await response.json()) as Source;
}

/** Gives a source the document as its next version. */
async function renew(source: string, bytes: Uint8Array<ArrayBuffer>, fields: Record<string, string> = {}) {
  const form = new FormData();
  form.append('file', new File([bytes], 'report.docx'));
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const params = { projectId, sourceId: source };
  const request = new Request(new URL(`/api/projects/${projectId}/sources/${source}/versions`, ORIGIN), {
    method: 'POST',
    headers: headersOf(owner),
    body: form,
  });
  const response = await (await handlerOf('source-version.create'))(request, {
    params: Promise.resolve(params),
  });
  const { made, discussions } = (await response.json()) as SourceVersionMade;
  return { status: response.status, made, discussions };
}

/** What stands beside a source: the words of each mark, and each discussion with the words it is about. */
async function beside(source: string) {
  const wish = { params: { projectId }, query: { source } };
  const { items: marks } = await ask<Listed<Annotation>>('annotation.list', owner, wish);
  const { items: threads } = await ask<Listed<Thread>>('thread.list', owner, wish);
  const words = new Map(marks.map((mark) => [mark.id, mark.selector[1].exact]));
  const talks = threads.map(({ annotationId, resolved, comments }) => ({
    about: words.get(annotationId ?? '') ?? null,
    isResolved: resolved !== null,
    said: comments.map(({ text, created, creator }) => [creator.name, created.slice(0, 19), text]),
  }));
  return { marks, threads, talks };
}

const BODY = `<w:p>${wordRun('The 🐟 port ')}${rangeStart(0)}${rangeStart(1)}${wordRun('was closed')}${rangeEnd(0)}${rangeEnd(1)}${rangeStart(2)}${wordRun(' in May.')}${rangeEnd(2)}</w:p>`;
const DOCX = archive(
  docxParts(
    BODY,
    talkParts(
      { text: 'Was it?', author: 'Ada' },
      { text: 'It was.', author: 'Bob', parent: 0 },
      { text: 'In June.', author: 'Owner', date: '2026-05-05T10:00:00', done: true },
      { text: 'Who wrote this?', author: 'Ada' },
    ),
  ),
);
const TALKS = [
  {
    about: 'was closed',
    isResolved: false,
    said: [
      ['Ada (brought in by Owner)', '2026-05-04T09:30:00', 'Was it?'],
      // Said at one time by Word's clock, and yet behind it.
      ['Bob (brought in by Owner)', '2026-05-04T09:30:00', 'It was.'],
    ],
  },
  {
    about: 'in May.',
    isResolved: true,
    said: [['Owner (brought in by Owner)', '2026-05-05T10:00:00', 'In June.']],
  },
  {
    about: null,
    isResolved: false,
    said: [['Ada (brought in by Owner)', '2026-05-04T09:30:00', 'Who wrote this?']],
  },
];

describe('Comments of a Word document that is brought in', () => {
  it('are discussions at their words by who wrote them, in their order, and come in once', async () => {
    const id = newId();
    await bring(DOCX, { id });
    const first = await beside(id);
    expect(first.talks).toEqual(TALKS);
    expect(first.marks.map(({ creator }) => creator.name).sort()).toEqual([
      'Ada (brought in by Owner)',
      'Owner (brought in by Owner)',
    ]);
    for (const mark of first.marks) expect(mark).toMatchObject({ motivation: 'highlighting', passId: null });

    await bring(DOCX, { id });
    expect(await beside(id)).toEqual(first);
  });

  it('come back from our own export to Word as they were', async () => {
    const { id } = await bring(DOCX);
    const out = await call('export.download', owner, {
      params: { projectId, format: 'docx-sources' },
      query: { source: id },
    });
    const again = await bring(new Uint8Array(await out.arrayBuffer()));
    const { talks, marks } = await beside(again.id);
    // What is about the whole stands at the title there.
    const whole = { ...TALKS[2], about: 'The 🐟 port was closed in May.' };
    expect(talks).toHaveLength(3);
    expect(talks).toEqual(expect.arrayContaining([TALKS[0], TALKS[1], whole]));
    expect(marks).toHaveLength(3);
  });

  it('are about the source where their words are left out, and tell nobody whom they name', async () => {
    const other = await addPerson(database, 'Editor');
    await insertMember(database.db, { projectId }, other.userId, 'editor');
    const body = `<w:p>${wordRun('Kept words.')}</w:p><w:p>${rangeStart(0)}${wordRun('Share this')}${rangeEnd(0)}</w:p>`;
    const bytes = archive(docxParts(body, talkParts({ text: `Ask @[${other.userId}]` })));
    const { id } = await bring(bytes, { trimAt: '11' });
    const [talk] = (await beside(id)).talks;
    expect(talk?.about).toBeNull();
    expect(talk?.said.map((one) => one.at(-1))).toEqual(['Ask @somebody']);
    expect(await ask('notice.list', other, {})).toMatchObject({ items: [] });
  });

  it('stay behind, with the names in them, where that is asked', async () => {
    const { id } = await bring(DOCX, { comments: 'leave' });
    expect(await beside(id)).toEqual({ marks: [], threads: [], talks: [] });
  });
});

describe('Comments of a document that is brought in as a new version', () => {
  /** The same document a week later: numbered anew, with words before it, one comment gone, one more, and an answer. */
  const LATER = archive(
    docxParts(
      `<w:p>${wordRun('It was a long spring. ')}</w:p><w:p>${wordRun('The 🐟 port ')}${rangeStart(1)}${rangeStart(2)}${wordRun('was closed')}${rangeEnd(1)}${rangeEnd(2)}${rangeStart(0)}${wordRun(' in May.')}${rangeEnd(0)}</w:p>`,
      talkParts(
        { text: 'Which May?', author: 'Cleo', date: '2026-05-11T08:00:00' },
        { text: 'Was it?', author: 'Ada' },
        { text: 'It was.', author: 'Bob', parent: 1 },
        { text: 'So the harbour master says.', author: 'Cleo', date: '2026-05-11T08:05:00', parent: 1 },
        { text: 'Who wrote this?', author: 'Ada' },
      ),
    ),
  );
  const gone = [
    ...(TALKS[0]?.said ?? []),
    ['Cleo (brought in by Owner)', '2026-05-11T08:05:00', 'So the harbour master says.'],
  ];

  it('are new discussions and answers at their words, and those that are here come no second time', async () => {
    const { id } = await bring(DOCX);
    expect(await renew(id, LATER)).toEqual({ status: 201, made: true, discussions: 2 });
    const { talks, marks } = await beside(id);
    const fresh = {
      about: 'in May.',
      isResolved: false,
      said: [['Cleo (brought in by Owner)', '2026-05-11T08:00:00', 'Which May?']],
    };
    expect(talks).toHaveLength(4);
    expect(talks).toEqual(expect.arrayContaining([{ ...TALKS[0], said: gone }, TALKS[1], TALKS[2], fresh]));
    expect(
      marks.find(({ selector }) => selector[1].exact === 'in May.' && selector[0].start > 20),
    ).toMatchObject({
      version: 2,
    });

    // The same once more makes neither a version nor a comment.
    expect(await renew(id, LATER)).toEqual({ status: 200, made: false, discussions: 0 });
    expect((await beside(id)).talks).toEqual(talks);
  });

  it('come in beside a text that did not change, and stay away where they are left behind', async () => {
    const plain = archive(docxParts(`<w:p>${wordRun('The 🐟 port was closed in May.')}</w:p>`));
    const { id } = await bring(plain);
    expect(await renew(id, DOCX, { comments: 'leave' })).toEqual({
      status: 200,
      made: false,
      discussions: 0,
    });
    expect((await beside(id)).talks).toEqual([]);
    expect(await renew(id, DOCX)).toEqual({ status: 200, made: false, discussions: 3 });
    expect((await beside(id)).talks).toEqual(TALKS);
  });

  it('do not come back when somebody deleted or edited them here', async () => {
    const { id } = await bring(DOCX);
    const { threads } = await beside(id);
    const [first, , third] = threads.map((thread) => ({ thread, comment: thread.comments[0] }));
    const paramsOf = (one: typeof first) => ({
      params: { projectId, threadId: one?.thread.id ?? '', commentId: one?.comment?.id ?? '' },
    });
    await ask('comment.update', owner, { ...paramsOf(first), body: { text: 'Was it, really?' } });
    await ask('comment.delete', owner, paramsOf(third));
    expect(await renew(id, DOCX)).toEqual({ status: 200, made: false, discussions: 0 });
    expect((await beside(id)).talks.map(({ said }) => said[0]?.[2])).toEqual(['Was it, really?', 'In June.']);
  });

  it('by a guest do not come again in a draft that went round', async () => {
    const { id } = await bring(archive(docxParts(`<w:p>${wordRun('The 🐟 port was closed in May.')}</w:p>`)));
    const expires = new Date(Date.now() + 86_400_000).toISOString();
    const link = await ask<{ url: string }>('guest-link.create', owner, {
      params: { projectId },
      body: { mode: 'comment', expires, kind: 'source', sourceId: id },
    });
    const token = link.url.split('#')[1];
    const headers = { 'x-gloss-ip': '192.0.2.7' };
    const opened = await call('guest.open', null, { headers, body: { token } });
    const [, cookie] = /gloss-guest=([\w-]+)/.exec(opened.headers.get('set-cookie') ?? '') ?? [];
    const words = { about: { type: 'source', id }, text: 'Which May?', id: newId() };
    const said = { headers: { ...headers, cookie: `gloss-guest=${cookie}` }, body: { token, ...words } };
    expect((await call('guest.say', null, said)).ok).toBe(true);
    const { threads } = await beside(id);
    const [comment] = threads[0]?.comments ?? [];
    const author = comment?.creator.name ?? '';
    const draft = (name: string) =>
      archive(
        docxParts(
          `<w:p>${rangeStart(0)}${wordRun('The 🐟 port was closed in May.')}${rangeEnd(0)}</w:p>`,
          talkParts({ text: 'Which May?', author: name, date: comment?.created ?? '' }),
        ),
      );
    expect(await renew(id, draft(author))).toMatchObject({ discussions: 0 });
    expect(await renew(id, draft('Somebody else'))).toMatchObject({ discussions: 1 });
  });

  it('are none that only repeat what marks say, of our own document brought back; answers are about the mark', async () => {
    const text = 'The port was closed in May. Nobody knew why.';
    const { id } = await bring(archive(docxParts(`<w:p>${wordRun(text)}</w:p>`)));
    const { id: codeId } = await ask<{ id: string }>('code.create', owner, {
      params: { projectId },
      body: { name: 'Closing' },
    });
    const mark = (exact: string, more: object) =>
      ask<Annotation>('annotation.create', owner, {
        params: { projectId },
        body: { sourceId: id, selector: [{ type: 'TextQuoteSelector', exact }], ...more },
      });
    const coded = await mark('was closed', { motivation: 'classifying', codeIds: [codeId] });
    const quoted = await mark('Nobody knew why', { motivation: 'quoting', quote: { speaker: 'Ada Lund' } });
    const gone = await mark('in May', {
      motivation: 'commenting',
      body: { type: 'TextualBody', value: 'Which May?' },
    });
    await ask('thread.create', owner, {
      params: { projectId },
      body: { annotationId: quoted.id, text: 'Who is she?' },
    });
    const out = await call('export.download', owner, {
      params: { projectId, format: 'docx-sources' },
      query: { source: id },
    });
    const bytes = new Uint8Array(await out.arrayBuffer());
    const before = await beside(id);
    expect(await renew(id, bytes)).toMatchObject({ discussions: 0 });
    expect((await beside(id)).talks).toEqual(before.talks);
    expect((await beside(id)).marks).toHaveLength(3);

    // What was deleted meanwhile does not come back, and what somebody answered elsewhere is about the mark itself.
    await ask('annotation.delete', owner, { params: { projectId, annotationId: gone.id } });
    const said = (author: string, date: string, words: string, parent?: number) => ({
      ...{ author, date, text: words },
      ...(parent === undefined ? {} : { parent }),
    });
    const answered = archive(
      docxParts(
        `<w:p>${wordRun('The port ')}${rangeStart(0)}${rangeStart(1)}${wordRun('was closed')}${rangeEnd(0)}${rangeEnd(1)}${wordRun(' ')}${rangeStart(2)}${wordRun('in May')}${rangeEnd(2)}${wordRun('. Nobody knew why.')}</w:p>`,
        talkParts(
          said('Owner', coded.created, 'Code: Closing'),
          said('Cleo', '2026-05-11T08:05:00', 'By whom?', 0),
          said('Owner', gone.created, 'Which May?'),
        ),
      ),
    );
    expect(await renew(id, answered)).toMatchObject({ discussions: 1 });
    const { threads, marks } = await beside(id);
    expect(marks.map((one) => one.id).sort()).toEqual([coded.id, quoted.id].sort());
    expect(
      threads.find(({ annotationId }) => annotationId === coded.id)?.comments.map((one) => one.text),
    ).toEqual(['By whom?']);
  });
});
