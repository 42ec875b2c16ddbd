import '@/tests/support/test-environment';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deleteMember, insertMember } from '@/db/members';
import { appendUpdates } from '@/db/note-log';
import { noteKeyOf } from '@/lib/access/note-key';
import type { Annotation } from '@/lib/annotations/annotation';
import { OPERATIONS } from '@/lib/api/operations';
import type { Claim } from '@/lib/claims/claim';
import { newId } from '@/lib/new-id';
import type { Note } from '@/lib/notes/note';
import { buildNote } from '@/lib/notes/note-content';
import { MOST_SHOWN, type SourceNotice } from '@/lib/notices/notice';
import type { Thread } from '@/lib/threads/thread';
import { keepPoint } from '@/server/note-versions/keep-point';
import { createNote, settleNote } from '@/server/notes';
import { addPerson, addProject, ask, call, grantOf, type Person, tokenOf } from '@/tests/support/instance';
import { annotator, database, owner } from '@/tests/support/one-source';
import { type Door, type Knock, knockAt, openDoor, until } from '@/tests/support/socket';
import { desk, edited, FIRST } from '@/tests/support/versioned-source';

const QUOTE = 'The ministry denied that any contract was missing';
const SECOND = edited(FIRST, ['any contract was missing', 'any contract had been missing']);
/** Without the ministry's paragraph. */
const WITHOUT = FIRST.split('\n\n')
  .filter((one) => !one.startsWith('The ministry denied'))
  .join('\n\n');

type Told = { items: SourceNotice[]; nextCursor: string | null; unseen: number };
const told = (person: Person, query: Record<string, string | number> = {}) =>
  ask<Told>('notice.list', person, { query });

let place: Awaited<ReturnType<typeof desk>>;
let editor: Person;
/** What the person was told of this test's project. */
const heard = async (person: Person) =>
  (await told(person)).items.filter(({ project }) => project.id === place.projectId);

beforeEach(async () => {
  place = await desk();
  editor = await addPerson(database, 'Editor');
  await insertMember(database.db, place, editor.userId, 'editor');
});

/** Somebody writes a note that quotes these marks; it comes to rest. */
async function write(noteId: string, writer: Person, annotationIds: string[]): Promise<void> {
  const key = noteKeyOf(place, noteId);
  const update = buildNote([
    { type: 'paragraph', content: ['See ', ...annotationIds.map((chip) => ({ chip }))] },
  ]);
  await appendUpdates(database.db, [{ key, entries: [{ update, userId: writer.userId }] }], 'test');
  await keepPoint(key, [writer.userId]);
  await settleNote(key, { text: 'See', annotationIds });
}

async function noteOfSource(): Promise<Note> {
  const { items } = await ask<{ items: Note[] }>(
    'note.list',
    owner,
    place.inside({ query: { source: place.source.id } }),
  );
  return items[0] as Note;
}

describe('A version that touches marks', () => {
  it('is told to who made them, but not to who made the version by hand, nor to anybody else', async () => {
    const [mine, theirs] = [await place.mark(QUOTE), await place.mark(QUOTE, {}, annotator)];
    await place.mark('It asked the ministry for every invoice since 2019', {}, editor);
    await place.make({ text: SECOND });
    expect(await heard(annotator)).toMatchObject([
      {
        project: { id: place.projectId, name: 'Story' },
        source: { id: place.source.id, title: 'Report' },
        version: 2,
        touched: 1,
        notes: [],
        annotations: [
          { id: theirs.id, own: true, outcome: 'changed', was: QUOTE, now: QUOTE.replace('was', 'had been') },
        ],
      },
    ]);
    for (const person of [owner, editor]) expect(await heard(person)).toEqual([]);
    const { answer } = OPERATIONS['notice.list'];
    expect(answer.safeParse(await told(annotator)).error).toBe(undefined);
    expect(mine.id).not.toBe(theirs.id);
  });

  it('says of a passage that is gone what it said, and of one that is there twice that somebody must look', async () => {
    const twice = await place.mark(QUOTE, {}, annotator);
    const lost = await place.mark('and called the claim careless', {}, annotator);
    const [a, b, c, , e] = FIRST.split('\n\n');
    const text = [`In short. ${QUOTE} on Monday.`, a, c, e, b, `At length. ${QUOTE} on Friday.`].join('\n\n');
    await place.make({ text });
    const [notice] = await heard(annotator);
    const waiting = { state: 'waiting', now: null };
    expect(notice?.annotations).toMatchObject([
      { id: twice.id, outcome: 'ambiguous', was: QUOTE, ...waiting },
      { id: lost.id, outcome: 'lost', was: 'and called the claim careless', ...waiting },
    ]);
  });

  it('is told to who wrote in a note that quotes them, and says in which', async () => {
    const mark = await place.mark(QUOTE);
    const beside = await noteOfSource();
    await write(beside.id, editor, [mark.id]);
    const free = await createNote(grantOf(editor, place.projectId, 'editor'), { title: 'My thoughts' });
    await write(free.id, annotator, [mark.id]);
    await place.make({ text: WITHOUT });
    expect(await heard(editor)).toMatchObject([
      {
        touched: 1,
        annotations: [{ id: mark.id, own: false, outcome: 'lost' }],
        notes: [
          { id: beside.id, title: beside.title },
          { id: free.id, title: 'My thoughts' },
        ],
      },
    ]);
    expect(await heard(annotator)).toMatchObject([{ notes: [{ id: free.id }] }]);
  });

  it('is no news to who only brought the source in, whose note it is not', async () => {
    const mark = await place.mark(QUOTE, {}, annotator);
    await write((await noteOfSource()).id, annotator, [mark.id]);
    await ask(
      'source-version.create',
      editor,
      place.inside({ params: { sourceId: place.source.id }, body: { text: SECOND } }),
    );
    expect(await heard(owner)).toEqual([]);
    expect(await heard(annotator)).toHaveLength(1);
  });

  it('tells nothing of deleted marks and notes, nor anything to people who left', async () => {
    const gone = await place.mark(QUOTE, {}, annotator);
    await ask('annotation.delete', annotator, place.inside({ params: { annotationId: gone.id } }));
    const mark = await place.mark(QUOTE);
    const free = await createNote(grantOf(annotator, place.projectId, 'editor'), { title: 'Gone too' });
    await write(free.id, annotator, [mark.id]);
    await ask('note.delete', owner, place.inside({ params: { noteId: free.id } }));
    await place.mark(QUOTE, {}, editor);
    await deleteMember(database.db, grantOf(owner, place.projectId), editor.userId);
    await place.make({ text: SECOND });
    for (const person of [annotator, editor]) expect(await heard(person)).toEqual([]);
  });

  it('is told once, and a later one only if it touches them again', async () => {
    await place.mark(QUOTE, {}, annotator);
    await place.make({ text: SECOND });
    await place.make({ text: edited(SECOND, ['in March', 'in April']) });
    await place.make({ text: edited(SECOND, ['in March', 'in May'], ['had been missing', 'went missing']) });
    expect((await heard(annotator)).map(({ version }) => version)).toEqual([4, 2]);
  });

  it('shows the first of many marks, and counts them all', async () => {
    for (let nth = 0; nth <= MOST_SHOWN; nth++) await place.mark(QUOTE, {}, annotator);
    await place.make({ text: SECOND });
    const [notice] = await heard(annotator);
    expect(notice?.annotations).toHaveLength(MOST_SHOWN);
    expect(notice?.touched).toBe(MOST_SHOWN + 1);
  });
});

describe('What a person was told', () => {
  it('is seen when they say so, and only their own', async () => {
    for (const person of [annotator, editor]) await place.mark(QUOTE, {}, person);
    await place.make({ text: SECOND });
    const [[mine], [others]] = [await heard(annotator), await heard(editor)];
    const { unseen } = await told(annotator);
    const ids = [mine?.id, others?.id, newId()];
    expect(await ask('notice.see', annotator, { body: { ids } })).toEqual({ unseen: unseen - 1 });
    expect((await heard(annotator))[0]?.seen).not.toBeNull();
    expect((await heard(editor))[0]?.seen).toBeNull();
    expect((await told(annotator, { unseen: 'true' })).items.map(({ id }) => id)).not.toContain(mine?.id);
    expect((await told(editor, { unseen: 'true' })).items).toHaveLength(1);
    expect((await call('notice.see', annotator, { body: { ids: [] } })).status).toBe(400);
    const readOnly = await tokenOf(annotator, ['read']);
    expect((await call('notice.see', { token: readOnly }, { body: { ids } })).status).toBe(403);
  });

  it('comes newest first, page by page, from all their projects', async () => {
    const reader = await addPerson(database, 'Reader');
    const versions: string[] = [];
    for (let nth = 0; nth < 5; nth++) {
      const each = await desk();
      await insertMember(database.db, each, reader.userId, 'annotator');
      await each.mark(QUOTE, {}, reader);
      await each.make({ text: SECOND });
      versions.unshift(each.projectId);
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Told = await told(reader, { limit: 2, ...(cursor === null ? {} : { cursor }) });
      expect(page.unseen).toBe(5);
      seen.push(...page.items.map(({ project }) => project.id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(versions);
  });

  it('is not shown while they may not see the project, nor when the source is gone', async () => {
    await place.mark(QUOTE, {}, editor);
    await place.make({ text: SECOND });
    const grant = grantOf(owner, place.projectId);
    await deleteMember(database.db, grant, editor.userId);
    expect(await told(editor)).toEqual({ items: [], nextCursor: null, unseen: 0 });
    await insertMember(database.db, place, editor.userId, 'reader');
    expect((await told(editor)).unseen).toBe(1);
    await ask('source.delete', owner, place.inside({ params: { sourceId: place.source.id } }));
    expect(await told(editor)).toEqual({ items: [], nextCursor: null, unseen: 0 });
  });

  it('no longer counts what is about a claim or a discussion that went away, before anybody looks', async () => {
    const unseen = async () =>
      (await ask<{ unseen: number }>('notice.see', editor, { body: { ids: [unknown] } })).unseen;
    const unknown = newId();
    const body = { wording: 'The bridge holds', owner: editor.userId };
    const claim = await ask<Claim>('claim.create', owner, place.inside({ body }));
    expect(await unseen()).toBe(1);
    const said = await ask<Thread>(
      'thread.create',
      owner,
      place.inside({ body: { claimId: claim.id, text: `@[${editor.userId}] is it so?` } }),
    );
    expect(await unseen()).toBe(2);
    await ask(
      'comment.delete',
      owner,
      place.inside({ params: { threadId: said.id, commentId: said.comments[0]?.id ?? '' } }),
    );
    expect(await unseen()).toBe(1);
    await ask('claim.delete', owner, place.inside({ params: { claimId: claim.id } }));
    expect(await unseen()).toBe(0);
    expect(await told(editor)).toEqual({ items: [], nextCursor: null, unseen: 0 });
    await ask('claim.restore', owner, place.inside({ params: { claimId: claim.id } }));
    expect(await unseen()).toBe(1);
  });

  it('leaves out marks that were deleted since', async () => {
    const mark = await place.mark(QUOTE, {}, annotator);
    await place.make({ text: SECOND });
    await ask<Annotation>(
      'annotation.delete',
      annotator,
      place.inside({ params: { annotationId: mark.id } }),
    );
    expect(await heard(annotator)).toMatchObject([{ touched: 0, annotations: [] }]);
  });
});

describe('The open pages of a person', () => {
  let doors: Door[];
  const knocks: Knock[] = [];
  beforeAll(async () => {
    doors = [await openDoor(database), await openDoor(database)];
  });
  afterAll(async () => {
    for (const knock of knocks) knock.leave();
    for (const door of doors) await door.stop();
  });

  async function open(person: Person, projectId: string, door: Door | undefined): Promise<Knock> {
    const knock = knockAt(door as Door, `/live/${projectId}?after=0`, { cookie: person.cookie });
    knocks.push(knock);
    await until(() => knock.said('ready').length === 1);
    return knock;
  }

  it('hear of a notice and of its being seen, in every process and project, and nobody else’s do', async () => {
    const elsewhere = await addProject(database, annotator);
    const pages = [
      await open(annotator, place.projectId, doors[0]),
      await open(annotator, elsewhere, doors[1]),
    ];
    const others = [
      await open(owner, place.projectId, doors[0]),
      await open(editor, place.projectId, doors[1]),
    ];
    await place.mark(QUOTE, {}, annotator);
    await place.make({ text: SECOND });
    for (const page of pages) await until(() => page.said('notices').length === 1);
    expect(pages[0]?.said('notices')).toEqual([{ type: 'notices' }]);
    const [notice] = await heard(annotator);
    await ask('notice.see', annotator, { body: { ids: [notice?.id] } });
    for (const page of pages) await until(() => page.said('notices').length === 2);
    // Seen already: nothing is new to anybody.
    await ask('notice.see', annotator, { body: { ids: [notice?.id] } });
    await place.mark(QUOTE.replace('was', 'had been'), {}, annotator);
    await place.make({ text: FIRST });
    for (const page of pages) await until(() => page.said('notices').length === 3);
    for (const other of others) expect(other.said('notices')).toEqual([]);
  });
});
