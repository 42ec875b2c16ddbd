import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { insertMember } from '@/db/members';
import { appendUpdates } from '@/db/note-log';
import { setEnv } from '@/env';
import { noteKeyOf } from '@/lib/access/note-key';
import type { Adjudication } from '@/lib/adjudication/decision';
import type { Annotation } from '@/lib/annotations/annotation';
import type { OperationId } from '@/lib/api/operations';
import type { AuditEntry } from '@/lib/audit/entry';
import { EXPORT_FORMATS } from '@/lib/exchange/formats';
import { documentOf } from '@/lib/exchange/note-document';
import type { GuestLink } from '@/lib/guests/guest-link';
import type { Note } from '@/lib/notes/note';
import { chipIds, noteText } from '@/lib/notes/note-content';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import type { SearchAnswer } from '@/lib/search/found';
import type { SourceProtectionAnswer } from '@/lib/sources/protection';
import type { Source } from '@/lib/sources/source';
import type { SourceVersionMade } from '@/lib/sources/version';
import { settleNote } from '@/server/notes';
import { createMailer } from '@/server/notices/mailer';
import { exportOwnData } from '@/server/own-data/take-out';
import { loadProject, loadSource } from '@/server/snapshot';
import { createDispatcher } from '@/server/webhooks/dispatcher';
import { everyAnswer } from '@/tests/support/every-answer';
import { bytesOf, lettersOf } from '@/tests/support/exchange-records';
import { addPdf, addPerson, ask, call, grantOf, type Person } from '@/tests/support/instance';
import { type Mailbox, openMailbox } from '@/tests/support/mailbox';
import { annotator, database, sourceId as openId, owner, projectId } from '@/tests/support/one-source';
import { type Site, startSite } from '@/tests/support/sites';
import { type Door, knockAt, openDoor, until } from '@/tests/support/socket';

/** Is in the passage, and in what was made of it; wherever somebody reads it who is not named, it was told. */
const CANARY = 'Xanadu';
const SECRET = new RegExp(CANARY, 'i');
const PASSAGE = `and ${CANARY} Quill, of 4 Mill Lane, told the clerk`;
const BEFORE = 'The file was shredded on Tuesday, ';
const AFTER = ' to be quiet. “Burn it,” he said. A draft report remains.';
const TEXT = `${BEFORE}${PASSAGE}${AFTER}`;
const HTML = `<p>${BEFORE}and <a href="https://example.org/${CANARY}">${CANARY} Quill</a>, of <b>4 Mill Lane</b>, told the clerk${AFTER}</p><p>Nothing more.</p>`;
const START = BEFORE.length;
const END = START + PASSAGE.length;
const BLACK = TEXT.slice(0, START) + PASSAGE.replace(/\S/g, '█') + TEXT.slice(END);

let [door, mailbox, site] = [] as unknown as [Door, Mailbox, Site];
let [editor, reader, outsider] = [] as unknown as [Person, Person, Person];
let source: Source;
let free: Note;
let beside: Note;
const made: Record<string, string> = {};
const guestTokens: string[] = [];
const told: string[] = [];
/** In whose answers the canary was when everybody could read it. */
let before: OperationId[] = [];
const marks: Record<'on' | 'quote' | 'was' | 'near' | 'far', Annotation> = {} as never;

const here = (given: object = {}, params: Record<string, string> = {}) => ({
  ...given,
  params: { projectId, ...params },
});
const ofSource = (given: object = {}, params: Record<string, string> = {}) =>
  here(given, { sourceId: source.id, ...params });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const protect = (body: object = {}, by = owner) =>
  ask<SourceProtectionAnswer>(
    'protected-passage.create',
    by,
    ofSource({ body: { version: 2, start: START, end: END, ...body } }),
  );
const mark = (exact: string, more: object = {}, by = annotator, sourceId = source.id) => {
  const selector = [{ type: 'TextQuoteSelector', exact }];
  return ask<Annotation>(
    'annotation.create',
    by,
    here({ body: { sourceId, motivation: 'highlighting', selector, ...more } }),
  );
};
const textOf = async (person: Person, version?: number) =>
  (await call('source.text', person, ofSource(version === undefined ? {} : { query: { version } }))).text();
const find = (person: Person, q: string) => ask<SearchAnswer>('search', person, here({ query: { q } }));
const sendMails = async () => {
  const mailer = createMailer({ now: () => new Date(Date.now() + 2 * 86_400_000) });
  while ((await mailer.sendOnce()) > 0);
};
const tellHooks = async () => {
  const dispatcher = createDispatcher();
  while ((await dispatcher.sendOnce()) > 0);
};

/** All that can be asked for of the project and of both versions of the source, in every format. */
const all = (person: Person) =>
  everyAnswer(person, {
    params: { projectId, ...made, format: 'gloss', version: '1' },
    also: [
      ...EXPORT_FORMATS.map((format) => ({ format })),
      { noteId: beside.id },
      { frozenId: made.frozenAnalysisId ?? '' },
      { annotationId: marks.near.id },
      { annotationId: marks.far.id },
      { annotationId: marks.was.id },
    ],
    queries: {
      'source.text': [{}, { version: 1 }, { version: 2 }],
      'source.html': [{}, { version: 1 }, { version: 2 }],
      'target.list': [{}, { version: 1 }, { version: 2 }],
      'annotation.list': [{}, { source: source.id }, { q: CANARY }],
      'quote.list': [{}, { q: CANARY }, { sort: 'speaker' }],
      'event.list': [{ limit: 500 }],
      'thread.list': [{}, { source: source.id }],
      'analysis.get': [
        { kind: 'frequencies', by: 'source' },
        { kind: 'words' },
        { kind: 'words', n: 2 },
        { kind: 'kwic', q: 'Tuesday' },
        { kind: 'kwic', q: 'quiet' },
        { kind: 'co-occurrence' },
      ],
    },
  });

/** The operations in whose answers the canary is. */
const leaking = (answers: ReadonlyMap<OperationId, string>) =>
  [...answers].filter(([, text]) => SECRET.test(text)).map(([id]) => id);

/** Puts a document with a chip for each of these marks into a note. */
async function writeChips(noteId: string, annotationIds: readonly string[]): Promise<void> {
  const chips = annotationIds.map((annotationId) => ({ type: 'quoteChip', attrs: { annotationId } }));
  const doc = documentOf([{ type: 'paragraph', content: [{ type: 'text', text: 'Here: ' }, ...chips] }]);
  if (doc === null) throw new Error('No note may hold this');
  const key = noteKeyOf({ projectId }, noteId);
  const update = Y.encodeStateAsUpdate(doc);
  await appendUpdates(database.db, [{ key, entries: [{ update, userId: annotator.userId }] }], 'test');
  const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
  await settleNote(key, { text: noteText(fragment), annotationIds: chipIds(fragment) });
}

async function makeSource(): Promise<void> {
  const body = { title: 'The papers', html: HTML.replace('Nothing more.', 'Nothing.') };
  source = await ask<Source>('source.create', owner, here({ body }));
  await ask('source-version.create', owner, ofSource({ body: { html: HTML } }));
  const text = await textOf(owner);
  expect(text.startsWith(TEXT)).toBe(true);
}

async function makeMarks(): Promise<string> {
  const code = await ask<{ id: string }>('code.create', owner, here({ body: { name: 'Shredding' } }));
  marks.on = await mark(`${CANARY} Quill, of`, {
    body: { type: 'TextualBody', value: `${CANARY} again` },
    codeIds: [code.id],
  });
  marks.quote = await mark('told the clerk to be quiet', {
    motivation: 'quoting',
    quote: { speaker: `${CANARY} Quill` },
  });
  marks.near = await mark('on Tuesday', { codeIds: [code.id] }, editor);
  marks.far = await mark('A draft report', { codeIds: [code.id] }, editor);
  // It stood on the passage once, and the log says so.
  const was = await mark(`${CANARY} Quill`, {}, editor);
  const selector = [{ type: 'TextQuoteSelector', exact: 'he said' }];
  marks.was = await ask<Annotation>(
    'annotation.update',
    editor,
    here({ body: { selector } }, { annotationId: was.id }),
  );
  return code.id;
}

/** A round in which two coders differ about the passage, and what was decided about it. */
async function makeDecision(codeId: string): Promise<void> {
  const other = await ask<{ id: string }>('code.create', owner, here({ body: { name: 'Denial' } }));
  const coders = [{ userId: annotator.userId }, { userId: editor.userId }];
  const body = { name: 'Round 1', kind: 'open', sourceIds: [source.id], coders };
  const pass = await ask<{ id: string }>('pass.create', owner, here({ body }));
  const coded = (code: string, by: Person) =>
    mark(`${CANARY} Quill, of 4`, { motivation: 'classifying', codeIds: [code], passId: pass.id }, by);
  await coded(codeId, annotator);
  await coded(other.id, editor);
  const of = (given: object = {}) => here(given, { passId: pass.id });
  const { queue } = await ask<Adjudication>('adjudication.get', owner, of());
  const { key = '', codings = [] } = queue[0] ?? {};
  const accepted = { annotationId: codings[0]?.annotationId, codeId: codings[0]?.codeId };
  const deciding = { key, outcome: 'accept', accepted };
  const decision = await ask<{ id: string }>('decision.make', owner, of({ body: deciding }));
  Object.assign(made, { passId: pass.id, decisionId: decision.id });
}

/** What hangs on the passage: a claim, talk, follow-ups, chips, what was frozen, links for guests. */
async function writeDown(): Promise<void> {
  await makeSource();
  const codeId = await makeMarks();
  await makeDecision(codeId);
  const open = await mark('a draft report', {}, annotator, openId);
  const evidence = [marks.on, open].map(({ id }) => ({ annotationId: id, stance: 'supports' }));
  const claim = await ask<{ id: string }>(
    'claim.create',
    annotator,
    here({ body: { wording: `${CANARY} shredded it.`, evidence, ownerId: editor.userId } }),
  );
  await ask('claim.update', annotator, here({ body: { ownerId: editor.userId } }, { claimId: claim.id }));
  const threads: { id: string; comments: { id: string }[] }[] = [];
  for (const about of [
    { annotationId: marks.on.id },
    { annotationId: marks.was.id },
    { claimId: claim.id },
  ]) {
    const text = `@[${reader.userId}] @[${editor.userId}] is this ${CANARY}?`;
    threads.push(
      await ask<(typeof threads)[0]>('thread.create', annotator, here({ body: { ...about, text } })),
    );
  }
  const raisers = [
    { type: 'annotation', id: marks.on.id },
    { type: 'claim', id: claim.id },
    ...threads.flatMap(({ comments }) => comments.map(({ id }) => ({ type: 'comment', id }))),
  ];
  const followUps: { id: string }[] = [];
  for (const raisedBy of raisers) {
    const body = { kind: 'question', wording: `Ask ${CANARY}`, raisedBy, ownerId: editor.userId };
    followUps.push(await ask<{ id: string }>('follow-up.create', annotator, here({ body })));
  }
  const { items } = await ask<{ items: Note[] }>('note.list', owner, here({ query: { source: source.id } }));
  beside = items[0] as Note;
  free = await ask<Note>('note.create', owner, here({ body: { title: 'A free note' } }));
  for (const { id } of [beside, free])
    await writeChips(
      id,
      Object.values(marks).map((one) => one.id),
    );
  const frozen = await ask<{ id: string; items: unknown[] }>(
    'frozen-query.create',
    owner,
    here({ body: { q: `${CANARY.toLowerCase().slice(0, 5)}*` } }, { noteId: free.id }),
  );
  expect(frozen.items.length).toBeGreaterThan(1);
  const analysis = await ask<{ id: string }>(
    'saved-analysis.create',
    owner,
    here({ body: { name: 'Words', query: { kind: 'words' } } }),
  );
  const counted = await ask<{ id: string }>(
    'frozen-analysis.create',
    owner,
    here({ body: { analysisId: analysis.id } }, { noteId: free.id }),
  );
  for (const shown of [
    { kind: 'source', sourceId: source.id },
    { kind: 'claims', claimIds: [claim.id] },
    { kind: 'note', noteId: free.id },
  ]) {
    const body = { mode: 'comment', expires: inDays(7), ...shown };
    const link = await ask<GuestLink>('guest-link.create', owner, here({ body }));
    made.guestLinkId = link.id;
    guestTokens.push(link.url?.split('#')[1] ?? '');
  }
  Object.assign(made, {
    ...{ annotationId: marks.on.id, claimId: claim.id, threadId: threads[0]?.id ?? '' },
    ...{ followUpId: followUps[0]?.id ?? '', noteId: free.id, sourceId: source.id, codeId },
    ...{ analysisId: analysis.id, speakerId: marks.quote.quote?.speakerId ?? '', frozenId: frozen.id },
  });
  made.frozenAnalysisId = counted.id;
}

beforeAll(async () => {
  door = await openDoor(database);
  mailbox = await openMailbox();
  site = await startSite(async (request, response) => {
    for await (const part of request) told.push(String(part));
    response.end('thanks');
  });
  setEnv({
    ...{ GLOSS_TEST_IMPORT_HOSTS: site.host, SMTP_URL: mailbox.url, GLOSS_URL: 'http://gloss.test' },
    LIMIT_EXPORTS_PER_HOUR: '100000',
  });
  [editor, reader] = [await addPerson(database, 'Editor'), await addPerson(database, 'Reader')];
  outsider = await addPerson(database, 'Outsider');
  await insertMember(database.db, { projectId }, editor.userId, 'editor');
  await insertMember(database.db, { projectId }, reader.userId, 'reader');
  await ask('webhook.create', editor, here({ body: { url: `http://${site.host}/hook`, events: ['*'] } }));
  await writeDown();
}, 120_000);
afterAll(async () => {
  setEnv({ GLOSS_TEST_IMPORT_HOSTS: '', SMTP_URL: '' });
  await Promise.all([door.stop(), mailbox.close(), site.close()]);
});

describe('A protected passage', { timeout: 240_000 }, () => {
  it('is, before it is protected, in all the answers that are looked at', async () => {
    const known = leaking(await all(reader));
    before = known;
    for (const id of [
      'annotation.get',
      'annotation.list',
      'adjudication.get',
      'agreement.passages',
      'claim.get',
      'claim.list',
      'event.list',
      'export.download',
      'gold.get',
      'follow-up.list',
      'frozen-query.get',
      'frozen-analysis.get',
      'notice.list',
      'quote.list',
      'quote.export',
      'source.text',
      'source.html',
      'speaker.list',
      'target.list',
      'thread.list',
      'analysis.get',
    ] as const)
      expect(known, id).toContain(id);
  });

  it('is in no answer to those who are not named, of whatever is asked, in no page and on no socket', async () => {
    const line = knockAt(door, `/live/${projectId}?after=0`, { cookie: reader.cookie });
    await until(() => line.said('ready').length === 1);
    const heardBefore = line.heard.length;
    const answer = await protect({ visibleTo: [annotator.userId] });
    expect(answer).toMatchObject({ isNamed: true, passages: true, file: true, ownFile: false, lost: false });
    expect(answer.protectedPassages).toMatchObject([{ words: PASSAGE, missingIn: [] }]);
    await until(() => line.said('anew').length === 1);
    await mark(`${CANARY} Quill`);
    await mark('Mill Lane', { motivation: 'quoting', quote: { speaker: `${CANARY} Falcon` } });
    await mark('shredded on Tuesday');
    await ask(
      'claim.update',
      annotator,
      here({ body: { confidence: 'high' } }, { claimId: made.claimId ?? '' }),
    );
    await mark('The ministry denied it', {}, annotator, openId);
    await until(() => line.heard.slice(heardBefore).some((one) => String(one).includes('ministry')));
    expect(line.heard.slice(heardBefore).map(String).join('\n')).not.toMatch(SECRET);
    line.leave();
    const again = knockAt(door, `/live/${projectId}?after=0`, { cookie: reader.cookie });
    await until(() => again.said('ready').length === 1);
    expect(again.heard.map(String).join('\n')).not.toMatch(SECRET);
    again.leave();
    for (const person of [editor, reader, outsider]) expect(leaking(await all(person))).toEqual([]);
    for (const [person, role] of [
      [editor, 'editor'],
      [reader, 'reader'],
    ] as const) {
      const grant = grantOf(person, projectId, role);
      expect(JSON.stringify(await loadProject(grant))).not.toMatch(SECRET);
      const shown = await loadSource(grant, source.id);
      expect(JSON.stringify(shown)).not.toMatch(SECRET);
      expect(shown.protectedPassages).toEqual({ spans: [{ start: START, end: END }], isRedacted: true });
    }
  });

  it('is blacked out in the text and its html, of the same length and form, in every version', async () => {
    const whole = await textOf(owner);
    for (const version of [1, 2]) {
      const text = await textOf(reader, version);
      expect(text.slice(0, TEXT.length)).toBe(BLACK);
      expect(text).toHaveLength((await textOf(owner, version)).length);
    }
    expect(whole.slice(END)).toBe((await textOf(reader)).slice(END));
    const { html } = await ask<{ html: string }>('source.html', reader, ofSource());
    expect(html).toMatch(/and|█/);
    expect(html).not.toContain('href');
    expect(html).toContain(`<b>█ ████ ████</b>`);
    const hashes = async (person: Person) => (await ask<Source>('source.get', person, ofSource())).text.hash;
    expect(await hashes(reader)).not.toBe(await hashes(owner));
  });

  it('is found by nobody who is not named, by no word, misspelling or count', async () => {
    for (const person of [reader, editor])
      for (const q of [CANARY, 'xanad*', 'Xanado', '"Mill Lane"', 'clerk', `kind:source ${CANARY}`]) {
        const { items, total } = await find(person, q);
        expect([q, items, total]).toEqual([q, [], 0]);
      }
    const { items } = await find(reader, 'shredded kind:source');
    expect(items.map(({ id }) => id)).toContain(source.id);
    expect(JSON.stringify(items)).not.toMatch(SECRET);
    for (const person of [annotator, owner]) {
      const found = await find(person, `${CANARY} kind:source`);
      expect(found.items.map(({ id }) => id)).toEqual([source.id]);
    }
  });

  it('keeps marks on it, and what rests on them, from those who are not named, and leaves them all others', async () => {
    const { items } = await ask<{ items: Annotation[] }>(
      'annotation.list',
      editor,
      here({ query: { source: source.id } }),
    );
    const ids = items.map(({ id }) => id);
    for (const kept of ['on', 'quote', 'was'] as const) expect(ids, kept).not.toContain(marks[kept].id);
    for (const open of ['near', 'far'] as const) expect(ids, open).toContain(marks[open].id);
    const near = items.find(({ id }) => id === marks.near.id);
    expect(near?.selector[1]).toMatchObject({
      exact: 'on Tuesday',
      prefix: BEFORE.slice(0, BEFORE.indexOf('on T')),
    });
    expect(near?.selector[1].suffix).toBe(', ');
    for (const [id, params] of [
      ['annotation.get', { annotationId: marks.on.id }],
      ['claim.get', { claimId: made.claimId ?? '' }],
      ['thread.get', { threadId: made.threadId ?? '' }],
      ['follow-up.get', { followUpId: made.followUpId ?? '' }],
    ] as const)
      expect((await call(id as OperationId, editor, here({}, params))).status, id).toBe(404);
    const counts = await ask<{ items: { counts: { annotations: number } }[] }>('project.list', reader);
    const mine = await ask<{ items: unknown[] }>('annotation.list', reader, here({ query: { limit: 200 } }));
    expect(counts.items[0]?.counts.annotations).toBe(mine.items.length);
  });

  it('is not to be guessed at by placing a mark, nor marked across', async () => {
    const tries: object[] = [
      { selector: [{ type: 'TextQuoteSelector', exact: `${CANARY} Quill` }] },
      { selector: [{ type: 'TextQuoteSelector', exact: PASSAGE }] },
    ];
    for (const body of tries) {
      const answer = await call(
        'annotation.create',
        editor,
        here({ body: { sourceId: source.id, motivation: 'highlighting', ...body } }),
      );
      expect(answer.status).toBe(400);
    }
    const selector = [
      { type: 'TextPositionSelector', start: START - 5, end: START + 20 },
      { type: 'TextQuoteSelector', exact: BLACK.slice(START - 5, START + 20) },
    ];
    const across = here({ body: { sourceId: source.id, motivation: 'highlighting', selector } });
    expect((await call('annotation.create', editor, across)).status).toBe(403);
    const moved = here({ body: { selector } }, { annotationId: marks.far.id });
    expect((await call('annotation.update', editor, moved)).status).toBe(403);
    const beside = await mark('to be quiet', {}, editor);
    expect(beside.selector[1]).toMatchObject({ exact: 'to be quiet', prefix: ' ' });
  });

  it('is changed by nobody who is not named, and its source gets no version from them', async () => {
    const passageId = (await protectionOf(owner)).protectedPassages[0]?.id ?? '';
    const tries: [OperationId, object, Record<string, string>][] = [
      ['protected-passage.create', { version: 2, start: 0, end: 8 }, {}],
      ['protected-passage.remove', {}, { passageId }],
      ['protected-passage.place', { place: null }, { passageId, version: '1' }],
      ['source-protection.set', { file: true }, {}],
      ['source-protection.end', {}, {}],
      ['source-version.create', { text: 'All new.' }, {}],
      ['source-watch.set', { every: 'day' }, {}],
    ];
    for (const [id, body, params] of tries)
      expect((await call(id, editor, ofSource({ body }, params))).status, id).toBe(403);
    // What somebody took from it blacked out does not take the place of the words.
    const bars = await call(
      'source-version.create',
      owner,
      ofSource({ body: { text: await textOf(reader) } }),
    );
    expect(bars.status).toBe(400);
    expect(await protectionOf(reader)).toMatchObject({
      isNamed: false,
      protectedPassages: [],
      visibleTo: [],
    });
  });

  it('is in no mail and in nothing that a webhook is told, of those who are not named', async () => {
    await ask(
      'thread.create',
      annotator,
      here({ body: { annotationId: marks.on.id, text: `@[${reader.userId}] ${CANARY}!` } }),
    );
    await sendMails();
    await tellHooks();
    const mails = mailbox.mails.filter(({ to }) => [reader, editor].some(({ email }) => to.includes(email)));
    expect(mails.map(({ text }) => text).join('\n')).not.toMatch(SECRET);
    expect(told.length).toBeGreaterThan(0);
    expect(told.join('\n')).not.toMatch(SECRET);
  });

  it('is not in what somebody takes out as their own data, who marked it and is not named', async () => {
    const taken = async (person: Person) =>
      lettersOf(await bytesOf(exportOwnData({ userId: person.userId, by: 'themselves', ip: null })));
    expect(await taken(editor)).not.toMatch(SECRET);
    expect(await taken(annotator)).toMatch(SECRET);
  });

  it('is on no page of a guest, whoever made the link', async () => {
    for (const token of guestTokens)
      for (const id of ['guest.open', 'guest.news'] as const) {
        const answer = await call(id, null, { headers: { 'x-gloss-ip': '192.0.2.1' }, body: { token } });
        expect(await answer.text()).not.toMatch(SECRET);
      }
  });

  it('is whole for those who are named, and for the owners; who looked is in the audit', async () => {
    for (const person of [annotator, owner]) {
      const known = leaking(await all(person));
      // Of notices each has their own.
      for (const id of before.filter((one) => one !== 'notice.list')) expect(known, id).toContain(id);
    }
    const { items } = await ask<{ items: AuditEntry[] }>(
      'audit.list',
      owner,
      here({ query: { kind: 'sources', limit: 200 } }),
    );
    const acts = items.map(({ act, actor }) => `${act} ${actor.name}`);
    expect(acts).toEqual(expect.arrayContaining(['source.passage-protected Owner', 'source.read Annotator']));
    expect(acts).not.toContain('source.read Reader');
  });

  it('goes with its words to another version, and where they are not found for certain all of that is withheld', async () => {
    const moved = `A new beginning. ${TEXT}`;
    const carried = await ask<SourceVersionMade>(
      'source-version.create',
      owner,
      ofSource({ body: { text: moved } }),
    );
    expect(carried).toMatchObject({ version: 3, passagesLost: 0 });
    expect(await textOf(reader)).toBe(`A new beginning. ${BLACK}`);
    const other = TEXT.replace('told the clerk', 'asked a clerk');
    const lost = await ask<SourceVersionMade>(
      'source-version.create',
      owner,
      ofSource({ body: { text: other } }),
    );
    expect(lost).toMatchObject({ version: 4, passagesLost: 1 });
    expect(await textOf(reader)).toBe(other.replace(/\S/g, '█'));
    expect((await ask<Source>('source.get', reader, ofSource())).protection).toMatchObject({ lost: true });
    expect((await find(reader, 'shredded kind:source')).items.map(({ id }) => id)).not.toContain(source.id);
    expect(leaking(await all(reader))).toEqual([]);
    const [passage] = (await protectionOf(owner)).protectedPassages;
    expect(passage?.missingIn).toEqual([4]);
    const place = { start: START, end: END - 1 };
    await ask(
      'protected-passage.place',
      owner,
      ofSource({ body: { place } }, { passageId: passage?.id ?? '', version: '4' }),
    );
    expect(await textOf(reader)).toBe(
      `${other.slice(0, START)}${other.slice(START, END - 1).replace(/\S/g, '█')}${other.slice(END - 1)}`,
    );
    expect(leaking(await all(reader))).toEqual([]);
    const gone = { body: { place: null } };
    await ask(
      'protected-passage.place',
      owner,
      ofSource(gone, { passageId: passage?.id ?? '', version: '4' }),
    );
    expect(await textOf(reader)).toBe(other);
  });

  it('is not told by a name that somebody tries: to them nobody is called so', async () => {
    const quote = { speaker: `${CANARY} Quill` };
    const tried = await mark('to be quiet', { motivation: 'quoting', quote }, editor);
    expect(tried.quote?.speakerId).toEqual(expect.any(String));
    expect(tried.quote?.speakerId).not.toBe(marks.quote.quote?.speakerId);
  });

  it('is everybody’s again when its protection ends, with all that hangs on it', async () => {
    const line = knockAt(door, `/live/${projectId}?after=0`, { cookie: reader.cookie });
    await until(() => line.said('ready').length === 1);
    const passageId = (await protectionOf(owner)).protectedPassages[0]?.id ?? '';
    await ask('protected-passage.remove', owner, ofSource({}, { passageId }));
    await until(() => line.said('anew').length === 1);
    line.leave();
    expect(await textOf(reader, 2)).toContain(PASSAGE);
    expect((await ask<Source>('source.get', reader, ofSource())).protection).toBeNull();
    expect(leaking(await all(reader))).toEqual(expect.arrayContaining(before));
    expect((await find(reader, `${CANARY} kind:claim`)).items).toHaveLength(1);
  });

  it('closes marks that are made in the same moment, and is in nobody’s way who writes about the source', async () => {
    for (let round = 0; round < 3; round += 1) {
      const body = { title: 'At once', text: TEXT };
      const { id: sourceId } = await ask<Source>('source.create', owner, here({ body }));
      const marking = [editor, annotator, editor, annotator].map((by) => {
        const selector = [{ type: 'TextQuoteSelector', exact: `${CANARY} Quill` }];
        const given = { sourceId, motivation: 'highlighting', selector };
        return call('annotation.create', by, here({ body: given }));
      });
      const talking = [editor, annotator, editor].map((by) =>
        call('thread.create', by, here({ body: { sourceId, text: 'Who wrote this?' } })),
      );
      const passage = { version: 1, start: START, end: END, visibleTo: [] };
      const protecting = call('protected-passage.create', owner, here({ body: passage }, { sourceId }));
      const talked = await Promise.all(talking);
      expect(talked.map(({ status }) => status)).toEqual([201, 201, 201]);
      expect((await protecting).status).toBe(200);
      for (const { status } of await Promise.all(marking)) expect([201, 400]).toContain(status);
      const list = await call('annotation.list', reader, here({ query: { source: sourceId } }));
      expect(await list.text()).not.toMatch(SECRET);
      const events = await call('event.list', reader, here({ query: { limit: 500 } }));
      expect(
        JSON.stringify(
          ((await events.json()) as { items: object[] }).items.filter((one) =>
            JSON.stringify(one).includes(sourceId),
          ),
        ),
      ).not.toMatch(SECRET);
    }
  });

  it('closes the file that its text was read from', async () => {
    const pdf = await addPdf(grantOf(owner, projectId));
    const of = here({}, { sourceId: pdf.id });
    const body = { version: 1, start: 0, end: 6 };
    await ask('protected-passage.create', owner, { ...of, body });
    for (const id of ['source.file', 'source.places'] as const)
      for (const [person, status] of [
        [reader, 403],
        [owner, 200],
      ] as const)
        expect((await call(id, person, of)).status, id).toBe(status);
    await ask('source-protection.end', owner, of);
    expect((await call('source.file', reader, of)).status).toBe(200);
  });
});

const protectionOf = (person: Person) =>
  ask<SourceProtectionAnswer>('source-protection.get', person, ofSource());
