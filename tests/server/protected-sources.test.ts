import '@/tests/support/test-environment';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import { setEnv } from '@/env';
import { noteKeyOf } from '@/lib/access/note-key';
import type { Annotation } from '@/lib/annotations/annotation';
import { OPERATIONS, type OperationId } from '@/lib/api/operations';
import type { AuditEntry } from '@/lib/audit/entry';
import { EXPORT_FORMATS } from '@/lib/exchange/formats';
import type { GuestLink } from '@/lib/guests/guest-link';
import { CLOSE } from '@/lib/live/close-codes';
import type { Note } from '@/lib/notes/note';
import type { SourceProtectionAnswer } from '@/lib/sources/protection';
import type { Source } from '@/lib/sources/source';
import { createNote, settleNote } from '@/server/notes';
import { createMailer } from '@/server/notices/mailer';
import { loadProject, loadSource } from '@/server/snapshot';
import { createOpeningSweep } from '@/server/sources/protect-source';
import { createDispatcher } from '@/server/webhooks/dispatcher';
import { addPdf, addPerson, addSource, ask, call, grantOf, type Person } from '@/tests/support/instance';
import { type Mailbox, openMailbox } from '@/tests/support/mailbox';
import { annotator, database, sourceId as openId, owner, projectId } from '@/tests/support/one-source';
import { type Site, startSite } from '@/tests/support/sites';
import { type Door, knockAt, openDoor, until } from '@/tests/support/socket';

/** Is in the source, and in all that was made of it; wherever it is read by somebody who is not named, it was told. */
const CANARY = 'Xanadu';
const SECRET = new RegExp(CANARY, 'i');
const SAYS = `The ${CANARY} file was shredded on Tuesday. “Burn it,” said ${CANARY} Quill. A draft report remains.`;

let [door, mailbox, site] = [] as unknown as [Door, Mailbox, Site];
let [editor, reader, outsider] = [] as unknown as [Person, Person, Person];
let source: Source;
let beside: Note;
const made: Record<string, string> = {};
const guestTokens: string[] = [];
const told: string[] = [];
let marks: Annotation[] = [];
let before: Map<OperationId, string>;

const here = (given: object = {}, params: Record<string, string> = {}) => ({
  ...given,
  params: { projectId, ...params },
});
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const protect = (body: object, by = owner, sourceId = source.id) =>
  ask<SourceProtectionAnswer>('source-protection.set', by, here({ body }, { sourceId }));
const mark = (exact: string, more: object = {}, by = annotator, sourceId = source.id) => {
  const selector = [{ type: 'TextQuoteSelector', exact }];
  const body = { sourceId, motivation: 'highlighting', selector, ...more };
  return ask<Annotation>('annotation.create', by, here({ body }));
};
const sendMails = async () => {
  const mailer = createMailer({ now: () => new Date(Date.now() + 2 * 86_400_000) });
  while ((await mailer.sendOnce()) > 0);
};
const tellHooks = async () => {
  const dispatcher = createDispatcher();
  while ((await dispatcher.sendOnce()) > 0);
};

/** Who is named in the source, and not by a quote: mentioned there first and quoted nowhere now, or in a chain alone. */
async function nameMore(): Promise<void> {
  const quote = (speaker: string, more: object = {}) => ({
    motivation: 'quoting',
    quote: { speaker, ...more },
  });
  await mark('The ministry denied it', quote('Minister Rolf'), annotator, openId);
  const wrong = await mark('shredded on Tuesday', quote(`${CANARY} Doe`));
  await ask(
    'annotation.update',
    annotator,
    here(
      { body: { quote: { ...wrong.quote, speaker: 'Minister Rolf', speakerId: null } } },
      { annotationId: wrong.id },
    ),
  );
  const aide = await ask<{ id: string }>(
    'speaker.create',
    annotator,
    here({ body: { name: `${CANARY} Aide` } }),
  );
  await mark(
    'draft report remains',
    quote('Minister Rolf', { chain: [{ role: 'speaker', speakerId: aide.id }] }),
  );
}

/** Everything that hangs on a source, made while it is open to all. */
async function writeDown(): Promise<void> {
  source = await addSource(grantOf(owner, projectId), SAYS);
  await ask(
    'source.update',
    owner,
    here({ body: { title: `The ${CANARY} papers` } }, { sourceId: source.id }),
  );
  const code = await ask<{ id: string }>('code.create', owner, here({ body: { name: 'Shredding' } }));
  marks = [
    await mark(`The ${CANARY} file`, {
      body: { type: 'TextualBody', value: `${CANARY} again` },
      codeIds: [code.id],
    }),
    await mark('Burn it', { motivation: 'quoting', quote: { speaker: `${CANARY} Quill` } }),
    await mark('A draft report', { codeIds: [code.id] }, editor),
  ];
  const [first, second] = marks as [Annotation, Annotation];
  const open = await mark('a draft report', {}, annotator, openId);
  await nameMore();
  const evidence = [first, open].map(({ id }) => ({ annotationId: id, stance: 'supports' }));
  const wording = `${CANARY} shredded it.`;
  const claim = await ask<{ id: string }>(
    'claim.create',
    annotator,
    here({ body: { wording, evidence, ownerId: editor.userId } }),
  );
  await ask('claim.update', annotator, here({ body: { ownerId: editor.userId } }, { claimId: claim.id }));
  const about = [{ annotationId: first.id }, { claimId: claim.id }, { sourceId: source.id }];
  const threads: { id: string; comments: { id: string }[] }[] = [];
  for (const one of about) {
    const text = `@[${reader.userId}] @[${editor.userId}] is this ${CANARY}?`;
    threads.push(
      await ask<(typeof threads)[0]>('thread.create', annotator, here({ body: { ...one, text } })),
    );
  }
  const raisers = [
    { type: 'annotation', id: first.id },
    { type: 'claim', id: claim.id },
    { type: 'source', id: source.id },
    ...threads.flatMap(({ comments }) => comments.map(({ id }) => ({ type: 'comment', id }))),
  ];
  const followUps: { id: string }[] = [];
  for (const raisedBy of raisers) {
    const body = { kind: 'question', wording: `Ask ${CANARY}`, raisedBy, ownerId: editor.userId };
    followUps.push(await ask<{ id: string }>('follow-up.create', annotator, here({ body })));
  }
  const { items } = await ask<{ items: Note[] }>('note.list', owner, here({ query: { source: source.id } }));
  beside = items[0] as Note;
  await ask('note.update', owner, here({ body: { title: `Notes on ${CANARY}` } }, { noteId: beside.id }));
  const key = (id: string) => noteKeyOf({ projectId }, id);
  const chips = { annotationIds: marks.map(({ id }) => id), userIds: [annotator.userId] };
  await settleNote(key(beside.id), { text: `All about ${CANARY}.`, ...chips });
  const note = await createNote(grantOf(owner, projectId), { title: 'A free note' });
  await settleNote(key(note.id), { text: 'With chips.', ...chips });
  const pass = await ask<{ id: string }>(
    'pass.create',
    owner,
    here({ body: { name: 'Round 1', kind: 'open', sourceIds: [openId, source.id], codeIds: [code.id] } }),
  );
  const frozen = here({ body: { q: 'shredded' } }, { noteId: note.id });
  const kept = await ask<{ id: string; items: unknown[] }>('frozen-query.create', owner, frozen);
  expect(kept.items.length).toBeGreaterThan(1);
  const query = { kind: 'frequencies', by: 'source' };
  const analysis = await ask<{ id: string }>(
    'saved-analysis.create',
    owner,
    here({ body: { name: 'By source', query } }),
  );
  const counted = await ask<{ id: string }>(
    'frozen-analysis.create',
    owner,
    here({ body: { analysisId: analysis.id } }, { noteId: note.id }),
  );
  for (const shown of [
    { kind: 'source', sourceId: source.id },
    { kind: 'claims', claimIds: [claim.id] },
    { kind: 'note', noteId: note.id },
  ]) {
    const body = { mode: 'comment', expires: inDays(7), ...shown };
    const link = await ask<GuestLink>('guest-link.create', owner, here({ body }));
    made.guestLinkId = link.id;
    guestTokens.push(link.url?.split('#')[1] ?? '');
  }
  const speakerId = second.quote?.speakerId ?? '';
  const ids = {
    annotationId: first.id,
    claimId: claim.id,
    threadId: threads[0]?.id,
    followUpId: followUps[0]?.id,
  };
  Object.assign(made, ids, { noteId: note.id, sourceId: source.id, codeId: code.id, passId: pass.id });
  Object.assign(made, {
    frozenId: kept.id,
    analysisId: analysis.id,
    speakerId,
    version: '1',
    format: 'markdown',
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
  setEnv({ GLOSS_TEST_IMPORT_HOSTS: site.host, SMTP_URL: mailbox.url, GLOSS_URL: 'http://gloss.test' });
  [editor, reader] = [await addPerson(database, 'Editor'), await addPerson(database, 'Reader')];
  outsider = await addPerson(database, 'Outsider');
  await insertMember(database.db, { projectId }, editor.userId, 'editor');
  await insertMember(database.db, { projectId }, reader.userId, 'reader');
  const hook = { url: `http://${site.host}/hook`, events: ['*'] };
  await ask('webhook.create', editor, here({ body: hook }));
  await writeDown();
  before = await everyAnswer(reader);
});
afterAll(async () => {
  setEnv({ GLOSS_TEST_IMPORT_HOSTS: '', SMTP_URL: '' });
  await Promise.all([door.stop(), mailbox.close(), site.close()]);
});

/** All answers of the project that a person can ask for, by the operation: every GET of the contract, every format. */
async function everyAnswer(
  person: Person,
  exported: readonly string[] = ['gloss', 'markdown'],
): Promise<Map<OperationId, string>> {
  const answers = new Map<OperationId, string>();
  const queries: Partial<Record<OperationId, Record<string, string | number>[]>> = {
    search: [
      { q: CANARY },
      { q: 'shredded' },
      { q: 'kind:claim' },
      { q: `source:${CANARY}` },
      { q: 'Xanado' },
    ],
    'annotation.list': [{}, { q: CANARY }, { source: source.id }],
    'quote.list': [{}, { q: CANARY }, { sort: 'speaker' }],
    'event.list': [{ limit: 500 }],
    'thread.list': [{}, { source: source.id }],
    'analysis.get': [
      { kind: 'frequencies', by: 'source' },
      { kind: 'words' },
      { kind: 'kwic', word: CANARY },
      { kind: 'timeline' },
    ],
    'note.get': [{}],
  };
  for (const operation of Object.values(OPERATIONS)) {
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    const isKnown = names.every((name) => name === 'projectId' || name in made);
    if (operation.method !== 'GET' || !isKnown || operation.access === 'public') continue;
    const id = operation.id as OperationId;
    const formats = names.includes('format') ? exported : [''];
    const notes = names.includes('noteId') ? [made.noteId ?? '', beside.id] : [''];
    for (const query of queries[id] ?? [{}])
      for (const format of formats)
        for (const noteId of notes) {
          const frozenId = id === 'frozen-analysis.get' ? made.frozenAnalysisId : made.frozenId;
          const params = { projectId, ...made, frozenId: frozenId ?? '', format, noteId };
          const response = await call(id, person, { params, query });
          answers.set(
            id,
            `${answers.get(id) ?? ''}${Buffer.from(await response.arrayBuffer()).toString('latin1')}`,
          );
        }
  }
  return answers;
}

/** The operations in whose answers the canary is; a search says back what was asked for. */
const leaking = (answers: ReadonlyMap<OperationId, string>) =>
  [...answers].filter(([id, text]) => id !== 'search' && SECRET.test(text)).map(([id]) => id);

describe('A source under embargo', { timeout: 180_000 }, () => {
  it('is, before it is closed, in all the answers that are looked at', async () => {
    const known = leaking(before);
    for (const id of [
      'annotation.get',
      'claim.get',
      'claim.list',
      'event.list',
      'export.download',
      'follow-up.list',
      'frozen-query.get',
      'note.list',
      'notice.list',
      'quote.list',
      'source.list',
      'source.text',
      'speaker.list',
      'thread.list',
    ] as const)
      expect(known, id).toContain(id);
  });

  it('is in no answer to those who are not named, of whatever is asked, in no page and on no socket', async () => {
    const line = knockAt(door, `/live/${projectId}?after=0`, { cookie: reader.cookie });
    const note = knockAt(door, `/sync/${projectId}/${beside.id}`, { cookie: reader.cookie });
    await until(() => line.said('ready').length === 1);
    await until(() => note.opened);
    const heardBefore = line.heard.length;
    const answer = await protect({ embargoUntil: inDays(30), visibleTo: [annotator.userId] });
    expect(answer).toMatchObject({ isNamed: true, file: false });
    // Open pages lose it, and whoever has the note beside it open is shown out.
    await until(() => line.said('anew').length === 1);
    await until(() => note.code !== null);
    // Who may open it does so just before: what the door remembers of that serves nobody else.
    const named = knockAt(door, `/sync/${projectId}/${beside.id}`, { cookie: owner.cookie });
    expect(await named.answer()).toBe(101);
    const unnamed = knockAt(door, `/sync/${projectId}/${beside.id}`, { cookie: reader.cookie });
    expect(await unnamed.ended()).toBe(CLOSE.notFound);
    named.socket.close();
    await mark(`${CANARY} Quill`);
    // What somebody is called there is learnt by nobody else.
    await mark('on Tuesday', {
      motivation: 'quoting',
      quote: { speaker: 'Minister Rolf', written: `${CANARY} Falcon` },
    });
    await ask(
      'claim.update',
      annotator,
      here({ body: { confidence: 'high' } }, { claimId: made.claimId ?? '' }),
    );
    await mark('No records', {}, annotator, openId).catch(() =>
      mark('The ministry denied it', {}, annotator, openId),
    );
    await until(() => line.heard.slice(heardBefore).some((one) => String(one).includes('ministry')));
    expect(line.heard.slice(heardBefore).map(String).join('\n')).not.toMatch(SECRET);
    line.leave();
    const again = knockAt(door, `/live/${projectId}?after=0`, { cookie: reader.cookie });
    await until(() => again.said('ready').length === 1);
    expect(again.heard.map(String).join('\n')).not.toMatch(SECRET);
    expect(again.heard.map(String).join('\n')).not.toContain(source.id);
    again.leave();
    for (const person of [editor, reader, outsider]) expect(leaking(await everyAnswer(person))).toEqual([]);
    for (const [person, role] of [
      [editor, 'editor'],
      [reader, 'reader'],
    ] as const) {
      expect(JSON.stringify(await loadProject(grantOf(person, projectId, role)))).not.toMatch(SECRET);
      await expect(loadSource(grantOf(person, projectId, role), source.id)).rejects.toMatchObject({
        code: 'not-found',
      });
    }
  });

  it('tells nobody by an id, a count or a different answer that it is there', async () => {
    const { items } = await ask<{ items: Source[] }>('source.list', reader, here());
    expect(items.map(({ id }) => id)).toEqual([openId]);
    const [project] = (
      await ask<{ items: { counts: { sources: number; annotations: number } }[] }>('project.list', reader)
    ).items;
    expect(project?.counts).toMatchObject({ sources: 1, annotations: 3 });
    const everything = await everyAnswer(reader);
    const naming = [...everything].filter(([, text]) => text.includes(source.id)).map(([id]) => id);
    expect(naming).toEqual([]);
    const strange = here({}, { sourceId: '01900000-0000-7000-8000-000000000000' });
    for (const id of [
      'source.get',
      'source.text',
      'source-protection.get',
      'source-version.list',
      'target.list',
    ] as const) {
      const [hidden, missing] = [
        await call(id, reader, here({}, { sourceId: source.id })),
        await call(id, reader, strange),
      ];
      expect([
        hidden.status,
        ((await hidden.json()) as { error: { message: string } }).error.message,
      ]).toEqual([missing.status, ((await missing.json()) as { error: { message: string } }).error.message]);
    }
    for (const q of [CANARY, 'shredded', `source:${CANARY}`]) {
      const found = await ask<{ items: unknown[]; total: number }>('search', reader, here({ query: { q } }));
      expect([found.items, found.total]).toEqual([[], 0]);
    }
  });

  it('is changed by nobody who is not named', async () => {
    const tries: [OperationId, object, Record<string, string>][] = [
      ['source.update', { title: 'Mine' }, {}],
      ['source.delete', {}, {}],
      ['source-protection.set', { file: true }, {}],
      ['source-protection.end', {}, {}],
      ['annotation.update', { body: null }, { annotationId: marks[0]?.id ?? '' }],
      ['claim.update', { wording: 'Mine' }, { claimId: made.claimId ?? '' }],
      ['note.update', { title: 'Mine' }, { noteId: beside.id }],
    ];
    for (const [id, body, params] of tries)
      expect((await call(id, editor, here({ body }, { sourceId: source.id, ...params }))).status, id).toBe(
        404,
      );
    const body = {
      sourceId: source.id,
      motivation: 'highlighting',
      selector: [{ type: 'TextQuoteSelector', exact: 'Burn it' }],
    };
    expect((await call('annotation.create', editor, here({ body }))).status).toBe(404);
    const pass = await ask<{ sourceIds: string[] }>(
      'pass.update',
      editor,
      here({ body: { sourceIds: [openId] } }, { passId: made.passId ?? '' }),
    );
    expect(pass.sourceIds).toEqual([openId]);
    const whole = await ask<{ sourceIds: string[] }>(
      'pass.get',
      owner,
      here({}, { passId: made.passId ?? '' }),
    );
    expect(whole.sourceIds.toSorted()).toEqual([openId, source.id].toSorted());
  });

  it('does not stand in the way of who quotes the same person from elsewhere', async () => {
    const said = { motivation: 'quoting', quote: { speaker: 'Vera Clerk' } };
    await mark('draft report remains', said);
    const list = async () => JSON.stringify(await ask('speaker.list', editor, here()));
    expect(await list()).not.toContain('Vera Clerk');
    const quoted = await mark('The watchdog wrote', said, editor, openId);
    expect(quoted.quote).toMatchObject({ speaker: 'Vera Clerk' });
    expect(await list()).toContain('Vera Clerk');
  });

  it('is in no mail and in nothing that a webhook is told, of those who are not named', async () => {
    await ask(
      'thread.create',
      annotator,
      here({ body: { annotationId: marks[0]?.id, text: `@[${reader.userId}] ${CANARY}!` } }),
    );
    await sendMails();
    await tellHooks();
    const mails = mailbox.mails.filter(({ to }) => [reader, editor].some(({ email }) => to.includes(email)));
    expect(mails.map(({ text }) => text).join('\n')).not.toMatch(SECRET);
    expect(told.length).toBeGreaterThan(0);
    expect(told.join('\n')).not.toMatch(SECRET);
    expect(told.join('\n')).not.toContain(source.id);
  });

  it('is on no page of a guest, whose link showed it before', async () => {
    for (const token of guestTokens)
      for (const id of ['guest.open', 'guest.news'] as const) {
        const answer = await call(id, null, { headers: { 'x-gloss-ip': '192.0.2.1' }, body: { token } });
        expect(await answer.text()).not.toMatch(SECRET);
      }
  });

  it('is whole for those who are named, and for the owners; who looked is in the audit', async () => {
    for (const person of [annotator, owner]) {
      const known = leaking(await everyAnswer(person));
      for (const id of ['annotation.get', 'claim.get', 'event.list', 'source.text', 'speaker.list'] as const)
        expect(known, id).toContain(id);
    }
    await loadSource(grantOf(annotator, projectId, 'annotator'), source.id);
    const { items } = await ask<{ items: AuditEntry[] }>(
      'audit.list',
      owner,
      here({ query: { kind: 'sources' } }),
    );
    expect(items.map(({ act, actor }) => `${act} ${actor.name}`)).toEqual(
      expect.arrayContaining(['source.protected Owner', 'source.read Annotator']),
    );
    expect(items.some(({ actor }) => actor.name === 'Reader')).toBe(false);
  });

  it('is seen by somebody from the moment they are named or made an owner, and not longer', async () => {
    await protect({ embargoUntil: inDays(30), visibleTo: [annotator.userId, editor.userId] });
    expect((await call('source.text', editor, here({}, { sourceId: source.id }))).status).toBe(200);
    await protect({ embargoUntil: inDays(30), visibleTo: [annotator.userId] });
    expect((await call('source.text', editor, here({}, { sourceId: source.id }))).status).toBe(404);
    const other = await addPerson(database, 'Somebody else');
    const join = () => insertMember(database.db, { projectId }, other.userId, 'editor');
    await join();
    await protect({ embargoUntil: inDays(30), visibleTo: [annotator.userId, other.userId] });
    await ask('member.remove', owner, here({ body: { userId: other.userId } }));
    await join();
    expect((await call('source.text', other, here({}, { sourceId: source.id }))).status).toBe(404);
    await protect({ embargoUntil: inDays(30), visibleTo: [annotator.userId] });
    const stranger = here(
      { body: { embargoUntil: inDays(30), visibleTo: [outsider.userId] } },
      { sourceId: source.id },
    );
    expect((await call('source-protection.set', owner, stranger)).status).toBe(400);
    for (const embargoUntil of [inDays(-1), inDays(10_000)])
      expect(
        (
          await call(
            'source-protection.set',
            owner,
            here({ body: { embargoUntil } }, { sourceId: source.id }),
          )
        ).status,
      ).toBe(400);
  });

  it('opens by the clock of the database without anybody doing anything, and open pages are told', async () => {
    const line = knockAt(door, `/live/${projectId}?after=0`, { cookie: reader.cookie });
    await until(() => line.said('ready').length === 1);
    const heardBefore = line.said('anew').length;
    await database.db.execute(
      sql`update source_protections set embargo_until = now() where source_id = ${source.id}`,
    );
    expect(leaking(await everyAnswer(reader)).toSorted()).toEqual(
      expect.arrayContaining(['claim.get', 'event.list', 'source.text', 'speaker.list']),
    );
    expect(await createOpeningSweep().sweepOnce()).toBe(1);
    expect(await createOpeningSweep().sweepOnce()).toBe(0);
    await until(() => line.said('anew').length > heardBefore);
    await until(() => line.heard.some((one) => String(one).includes('"did":"opened"')));
    line.leave();
    const now = await ask<Source>('source.get', reader, here({}, { sourceId: source.id }));
    expect(now.protection).toBeNull();
  });
});

describe('A protected file', { timeout: 90_000 }, () => {
  it('is opened by those who are named and the owners; others read the text and are refused the file', async () => {
    const pdf = await addPdf(grantOf(owner, projectId));
    const of = here({}, { sourceId: pdf.id });
    expect((await call('source.file', reader, of)).status).toBe(200);
    await protect({ file: true, visibleTo: [annotator.userId] }, owner, pdf.id);
    for (const person of [editor, reader]) {
      expect((await call('source.file', person, of)).status).toBe(403);
      expect((await call('source.places', person, of)).status).toBe(403);
      expect((await call('source.text', person, of)).status).toBe(200);
      const { items } = await ask<{ items: Source[] }>('source.list', person, here());
      expect(items.find(({ id }) => id === pdf.id)?.protection).toEqual({
        ...{ embargoUntil: null, file: true },
        ...{ passages: false, lost: false },
      });
      const answer = await ask<SourceProtectionAnswer>('source-protection.get', person, of);
      expect(answer).toMatchObject({ file: true, isNamed: false, visibleTo: [] });
      expect((await call('source-protection.end', person, of)).status).toBe(403);
      for (const format of EXPORT_FORMATS) {
        const file = await call('export.download', person, here({}, { format }));
        expect(Buffer.from(await file.arrayBuffer()).includes('%PDF'), format).toBe(false);
      }
    }
    for (const person of [annotator, owner]) expect((await call('source.file', person, of)).status).toBe(200);
    expect((await call('source.file', outsider, of)).status).toBe(404);
    const { items } = await ask<{ items: AuditEntry[] }>(
      'audit.list',
      owner,
      here({ query: { kind: 'sources', limit: 200 } }),
    );
    const looks = items
      .filter(({ act }) => act === 'source.file-read')
      .map(({ actor, details }) => `${actor.name} ${details.shown}`);
    expect(looks).toEqual(expect.arrayContaining(['Annotator true', 'Editor false', 'Reader false']));
    await ask('source-protection.end', owner, of);
    expect((await call('source.file', reader, of)).status).toBe(200);
  });
});
