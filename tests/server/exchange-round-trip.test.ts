import '@/tests/support/test-environment';
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { insertMember } from '@/db/members';
import { appendUpdates, loadNote } from '@/db/note-log';
import { selectNote } from '@/db/notes';
import { noteKeyOf } from '@/lib/access/note-key';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Claim } from '@/lib/claims/claim';
import type { Code } from '@/lib/codebook/code';
import type { ImportReport } from '@/lib/exchange/import-report';
import { documentOf } from '@/lib/exchange/note-document';
import type { FollowUp } from '@/lib/follow-ups/follow-up';
import type { Note } from '@/lib/notes/note';
import { chipIds, noteText } from '@/lib/notes/note-content';
import { NOTE_POLICY } from '@/lib/notes/note-policy';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import type { Source } from '@/lib/sources/source';
import type { Speaker } from '@/lib/speakers/speaker';
import type { Thread } from '@/lib/threads/thread';
import { auditDocument } from '@/lib/update-gate/audit';
import type { Variable } from '@/lib/variables/variable';
import { importFile } from '@/server/exchange/import';
import { importId, importIdInTurn } from '@/server/exchange/import-id';
import { settleNote } from '@/server/notes';
import {
  addPage,
  addPerson,
  addProject,
  ask,
  call,
  grantOf,
  type Person,
  TEXT,
} from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-project';

const here = (rest: object = {}) => ({ params: { projectId, ...rest } });
type Line = Record<string, unknown> & { kind: string };

async function exported(from: string, person: Person = owner): Promise<Line[]> {
  const response = await call('export.download', person, { params: { projectId: from, format: 'gloss' } });
  return (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}
const bytesOf = (lines: readonly Line[]) =>
  new TextEncoder().encode(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
const bring = (into: string, lines: readonly Line[], person: Person = owner) =>
  importFile(grantOf(person, into), bytesOf(lines), { dryRun: false });
const lostIn = (report: ImportReport) => report.losses.map(({ what }) => what).sort();

/** A project with one of everything that people make in one. */
async function seed() {
  const source = await ask<Source>('source.create', owner, {
    ...here(),
    body: { text: TEXT, title: 'A draft report' },
  });
  sourceId = source.id;
  const origin = await ask<Source>('source.create', owner, {
    ...here(),
    body: { html: '<h1>The log</h1><p>The watchdog wrote it <b>first</b>.</p>', title: 'The log' },
  });
  await ask('source-origin.add', owner, here({ sourceId, originId: origin.id }));
  const code = await ask<Code>('code.create', owner, {
    ...here(),
    body: { name: 'Denial', definition: 'No' },
  });
  await ask('code.create', owner, { ...here(), body: { name: 'Flat denial', parentId: code.id } });
  const desk = await ask<Speaker>('speaker.create', owner, { ...here(), body: { name: 'The ministry' } });
  const speaker = await ask<Speaker>('speaker.create', owner, {
    ...here(),
    body: { name: 'Ada Quill', aliases: ['A. Quill'], role: 'auditor', affiliationId: desk.id },
  });
  const chain = [
    { role: 'document', label: 'a draft report' },
    { role: 'source', sourceId: origin.id },
  ];
  const mark = (person: Person, exact: string, body: object) =>
    ask<Annotation>('annotation.create', person, {
      ...here(),
      body: { sourceId, selector: [{ type: 'TextQuoteSelector', exact }], ...body },
    });
  const quote = await mark(owner, 'We found no records', {
    motivation: 'quoting',
    quote: {
      speakerId: speaker.id,
      speaker: 'Ada Quill',
      written: 'the auditor',
      chain,
      level: 'background',
    },
  });
  const coded = await mark(other, 'The ministry denied it', {
    motivation: 'classifying',
    codeIds: [code.id],
  });
  const free = await ask<Note>('note.create', owner, { ...here(), body: { title: 'Memo' } });
  await ask('code.update', owner, {
    ...here({ codeId: code.id }),
    body: { exampleIds: [coded.id], memoNoteId: free.id },
  });
  const party = await ask<Variable>('variable.create', owner, {
    ...here(),
    body: { of: 'speaker', name: 'Party' },
  });
  await ask('variable-value.set', owner, {
    ...here({ variableId: party.id, subjectId: speaker.id }),
    body: { value: 'Green' },
  });
  const claim = await ask<Claim>('claim.create', owner, {
    ...here(),
    body: {
      ...{ wording: 'There are no records', owner: other.userId, due: '2026-12-01', tags: ['port'] },
      evidence: [
        { annotationId: quote.id, stance: 'supports', reliability: 'B', credibility: 2, note: 'Read it' },
      ],
    },
  });
  await ask('claim.sign-off', owner, here({ claimId: claim.id }));
  const thread = await ask<Thread>('thread.create', other, {
    ...here(),
    body: { annotationId: coded.id, text: `Is that so, @[${owner.userId}]?` },
  });
  const comment = thread.comments[0] as Thread['comments'][number];
  await ask('comment.create', owner, { ...here({ threadId: thread.id }), body: { text: 'It is.' } });
  const passage = await ask<Thread>('thread.create', owner, {
    ...here(),
    body: { noteId: free.id, passage: 'said', text: 'Who?' },
  });
  await ask<FollowUp>('follow-up.create', owner, {
    ...here(),
    body: {
      wording: 'Ask again',
      owner: other.userId,
      due: '2026-12-02',
      raisedBy: { type: 'comment', id: comment.id },
    },
  });
  await write(free.id, [
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Records' }] },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'She ' },
        {
          type: 'text',
          text: 'said',
          marks: [{ type: 'bold' }, { type: 'thread', attrs: { threadId: passage.id } }],
        },
        { type: 'text', text: ' so: ' },
        { type: 'quoteChip', attrs: { annotationId: quote.id } },
        { type: 'reference', attrs: { kind: 'claim', id: claim.id } },
        { type: 'reference', attrs: { kind: 'person', id: other.userId } },
      ],
    },
    {
      type: 'taskList',
      content: [
        {
          type: 'taskItem',
          attrs: { checked: true },
          content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Call her' }] }],
        },
      ],
    },
    { type: 'livingQuery', attrs: { query: 'denied' } },
  ]);
  const statement = `She said so: [annotation:${quote.id} “We found no records”]`;
  await ask('note-sign-off.create', owner, { ...here({ noteId: free.id }), body: { statement } });
  return { quote, coded, claim, thread, free, passage };
}

async function write(noteId: string, content: Parameters<typeof documentOf>[0]): Promise<void> {
  const doc = documentOf(content);
  if (doc === null) throw new Error('No note may hold this');
  const key = noteKeyOf(grantOf(owner, projectId), noteId);
  await appendUpdates(
    database.db,
    [{ key, entries: [{ update: Y.encodeStateAsUpdate(doc), userId: null }] }],
    'test',
  );
  const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
  await settleNote(key, {
    text: noteText(fragment),
    annotationIds: chipIds(fragment),
    userIds: [owner.userId],
  });
}

const KINDS: Record<string, (projectId: string, key: string) => string> = {
  ...{ code: at(importId, 'code'), source: at(importId, 'source'), annotation: at(importId, 'mark') },
  ...{ claim: at(importId, 'claim'), note: at(importIdInTurn, 'note'), thread: at(importIdInTurn, 'thread') },
  ...{ speaker: at(importIdInTurn, 'speaker'), variable: at(importIdInTurn, 'variable') },
  'follow-up': at(importIdInTurn, 'follow-up'),
};
function at(make: typeof importId, kind: string) {
  return (project: string, key: string) => make(project, kind, key);
}
const TIMES = /^(created|modified|exported|at|revision|edited)$/;

/** Lines as they are in a project: with its ids, without times, makers by name alone, in the order of their ids. */
function asIn(project: string, from: string | null, lines: readonly Line[]): string[] {
  const ids = new Map<string, string>(from === null ? [] : [[from, project]]);
  const inner = (kind: string, key: string, make: typeof importId) => ids.set(key, make(project, kind, key));
  for (const line of from === null ? [] : lines) {
    const thing = (line[line.kind === 'follow-up' ? 'followUp' : line.kind] ?? {}) as Line & { id: string };
    const make = KINDS[line.kind];
    if (make) ids.set(thing.id, make(project, thing.id));
    for (const one of (thing.evidence ?? []) as { id: string }[]) inner('evidence', one.id, importId);
    for (const one of (thing.comments ?? []) as { id: string }[]) inner('comment', one.id, importIdInTurn);
    for (const one of (line.signOffs ?? []) as { id: string }[]) inner('sign-off', one.id, importIdInTurn);
  }
  const told = (key: string, value: unknown): unknown => {
    if (TIMES.test(key)) return null;
    if (key === 'creator') return (value as { name: string }).name.replace(/ \(brought in by .*\)$/, '');
    if (key === 'targetCreatorId') return null;
    return value;
  };
  return lines
    .filter(({ kind }) => kind !== 'gloss' && kind !== 'project')
    .map((line) =>
      JSON.stringify(line, told).replace(
        /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g,
        (id) => ids.get(id) ?? id,
      ),
    )
    .sort();
}

let other: Person;
let sourceId: string;
let seeded: Awaited<ReturnType<typeof seed>>;
beforeAll(async () => {
  other = await addPerson(database, 'Annotator');
  await insertMember(database.db, { projectId }, other.userId, 'annotator');
  seeded = await seed();
});

describe('A project that goes out as Gloss and comes in elsewhere', () => {
  it('is the same again but for ids and times, and a second time nothing comes twice', async () => {
    const before = await exported(projectId);
    const into = await addProject(database, owner, { annotator: other });
    const report = await bring(into, before);
    expect(lostIn(report)).toEqual(['Who made it']);
    const after = await exported(into);
    expect(asIn(into, null, after)).toEqual(asIn(into, projectId, before));
    const again = await bring(into, before);
    expect(again.items.every(({ added }) => added === 0)).toBe(true);
    expect(await exported(into)).toHaveLength(after.length);
  });

  it('calls what others made by their names, without making them say it', async () => {
    const into = await addProject(database, owner, { annotator: other });
    await bring(into, await exported(projectId));
    const { items } = await ask<{ items: Annotation[] }>('annotation.list', owner, {
      params: { projectId: into },
    });
    const coded = items.find(({ motivation }) => motivation === 'classifying');
    expect(coded?.creator).toEqual({ id: owner.userId, name: 'Annotator (brought in by Owner)' });
  });

  it('opens with its notes as the editor takes them, their chips on the marks that came', async () => {
    const into = await addProject(database, owner, { annotator: other });
    await bring(into, await exported(projectId));
    const noteId = importIdInTurn(into, 'note', seeded.free.id);
    const grant = grantOf(owner, into);
    const { updates } = await loadNote(database.db, noteKeyOf(grant, noteId));
    const doc = new Y.Doc();
    for (const update of updates) Y.applyUpdate(doc, update);
    expect(auditDocument(doc, NOTE_POLICY)).toBeNull();
    expect(chipIds(doc.getXmlFragment(NOTE_FRAGMENT))).toEqual([importId(into, 'mark', seeded.quote.id)]);
    const mark = await ask<Annotation>('annotation.get', owner, {
      params: { projectId: into, annotationId: importId(into, 'mark', seeded.quote.id) },
    });
    expect(mark.noteIds).toEqual([noteId]);
    const named = await database.db.execute<{ user_id: string }>(
      sql`select user_id from note_mentions where note_id = ${noteId}`,
    );
    expect(named.rows).toEqual([{ user_id: other.userId }]);
    expect((await selectNote(database.db, grant, noteId))?.text).toContain('She said so');
  });

  it('for somebody whom nobody there knows says who is missing, and keeps the sign-offs out', async () => {
    const stranger = await addPerson(database, 'Stranger');
    const into = await addProject(database, stranger);
    const report = await bring(into, await exported(projectId), stranger);
    expect(lostIn(report)).toEqual([
      ...['Sign-offs of others', 'Things that notes name and that are not here', 'Who made it'],
      ...['Who sees to claims', 'Who sees to follow-ups', 'Whom comments mention'],
    ]);
    const [claim] = (await ask<{ items: Claim[] }>('claim.list', stranger, { params: { projectId: into } }))
      .items;
    expect(claim).toMatchObject({
      signedOff: null,
      owner: null,
      evidence: [{ reliability: 'B', credibility: 2 }],
    });
    const said = await ask<{ items: Thread[] }>('thread.list', stranger, { params: { projectId: into } });
    expect(said.items.flatMap(({ comments }) => comments.map(({ text }) => text))).toContain(
      'Is that so, @Owner?',
    );
  });

  it('of an older program, and with lines that no note may hold, still comes in whole or not at all', async () => {
    const into = await addProject(database, owner);
    const lines = await exported(projectId);
    const old = lines.filter(({ kind }) => !['person', 'variable', 'pass'].includes(kind));
    old[0] = { kind: 'gloss', version: 1 };
    const note = old.find(
      (line) => line.kind === 'note' && (line.note as Note).id === seeded.free.id,
    ) as Line;
    (note.content as unknown[]).push({
      type: 'paragraph',
      content: [
        { type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] },
      ],
    });
    (note.content as unknown[]).push({ type: 'taskItem', content: [{ type: 'text', text: 'loose' }] });
    const report = await bring(into, old);
    expect(lostIn(report)).toContain('How notes are laid out');
    const elsewhere = await addProject(database, owner);
    const broken = [...lines, { kind: 'thread', thread: { id: 'no id' } }];
    await expect(bring(elsewhere, broken)).rejects.toThrow(/Line \d+/);
    expect(await exported(elsewhere)).toHaveLength(10);
  });
});

describe('A project that goes out in the format of others and comes back', () => {
  const goOut = async (format: string) => {
    const response = await call('export.download', owner, { params: { projectId, format } });
    return new Uint8Array(await response.arrayBuffer());
  };
  const placesOf = async (from: string) => {
    const { items } = await ask<{ items: Annotation[] }>('annotation.list', owner, {
      params: { projectId: from },
    });
    return items
      .map(({ selector: [place, words], quote }) => [place.start, words.exact, quote?.speaker ?? ''])
      .sort();
  };

  it('as QDPX has its texts, codes, marks and notes', async () => {
    const into = await addProject(database, owner);
    const report = await importFile(grantOf(owner, into), await goOut('qdpx'), { dryRun: false });
    expect(report.items).toMatchObject([
      { what: 'Codes', added: 2 },
      { what: 'Sources', added: 2 },
      { what: 'Marks', added: 2 },
      { what: 'Claims', added: 0 },
      { what: 'Notes', added: 4 },
    ]);
    const bare = (await placesOf(projectId)).map(([start, exact]) => [start, exact, '']);
    expect(await placesOf(into)).toEqual(bare);
    const codes = await ask<{ items: Code[] }>('code.list', owner, { params: { projectId: into } });
    const called = (name: string) => codes.items.find((code) => code.name === name);
    expect(called('Flat denial')?.parentId).toBe(called('Denial')?.id);
    expect(called('Denial')?.definition).toBe('No');
  });

  it('as W3C annotations stands on its pages with its speakers', async () => {
    const page = 'https://example.org/watchdog';
    const from = await addProject(database, owner);
    const source = await addPage(grantOf(owner, from), page);
    for (const [exact, quote] of [
      ['We found no records', { speaker: 'Ada Quill' }],
      ['in May', null],
    ] as const)
      await ask('annotation.create', owner, {
        params: { projectId: from },
        body: {
          ...{ sourceId: source.id, selector: [{ type: 'TextQuoteSelector', exact }] },
          ...(quote ? { motivation: 'quoting', quote } : { motivation: 'highlighting' }),
        },
      });
    const response = await call('export.download', owner, {
      params: { projectId: from, format: 'web-annotation' },
    });
    const into = await addProject(database, owner);
    await addPage(grantOf(owner, into), page);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const report = await importFile(grantOf(owner, into), bytes, { dryRun: false });
    expect(report.losses).toEqual([]);
    expect(report.items).toContainEqual({ what: 'Marks', added: 2, there: 0 });
    expect(await placesOf(into)).toEqual(await placesOf(from));
  });
});
