import '@/tests/support/test-environment';
import { describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import type { Event } from '@/lib/events/event';
import { newId } from '@/lib/new-id';
import type { Note } from '@/lib/notes/note';
import type { Notice } from '@/lib/notices/notice';
import { createAnnotation } from '@/server/annotations';
import { settleNote } from '@/server/notes';
import {
  addPerson,
  addProject,
  addSource,
  ask,
  type Call,
  call,
  grantOf,
  type Person,
} from '@/tests/support/instance';
import { database, owner, projectId } from '@/tests/support/one-project';

const here = (body?: object, noteId?: string, headers?: Record<string, string>): Call => ({
  params: { projectId, ...(noteId && { noteId }) },
  body,
  headers,
});

describe('A note', () => {
  it('stands beside each source, one, as long as the source does', async () => {
    const source = await addSource(grantOf(owner, projectId));
    const query = { source: source.id };
    const { items } = await ask<{ items: Note[] }>('note.list', owner, { ...here(), query });
    expect(items).toMatchObject([{ sourceId: source.id, title: source.title }]);
    const second = { title: 'Second', sourceId: source.id };
    expect((await call('note.create', owner, here(second))).status).toBe(409);
    expect((await call('note.delete', owner, here(undefined, items[0]?.id))).status).toBe(409);
  });

  it('is made once for one id, renamed by whoever read it last, and gone when deleted', async () => {
    const id = newId();
    const first = await ask<Note>('note.create', owner, here({ id, title: 'Thoughts' }));
    expect(await ask('note.create', owner, here({ id, title: 'Thoughts' }))).toEqual(first);
    const stamp = { 'if-match': '"1"' };
    expect((await call('note.update', owner, here({ title: 'A' }, id, stamp))).status).toBe(200);
    expect((await call('note.update', owner, here({ title: 'B' }, id, stamp))).status).toBe(409);
    await ask('note.delete', owner, here(undefined, id));
    expect((await call('note.get', owner, here(undefined, id))).status).toBe(404);
    const { items } = await ask<{ items: Note[] }>('note.list', owner, here());
    expect(items.some((note) => note.id === id)).toBe(false);
  });

  it('tells whom it names, once for each time they are named, and nobody from outside', async () => {
    const [named, stranger] = [await addPerson(database, 'Named'), await addPerson(database, 'Outside')];
    await insertMember(database.db, { projectId }, named.userId, 'editor');
    const { id } = await ask<Note>('note.create', owner, here({ title: 'Who asks whom' }));
    const by = (person: Person) => ({ userId: person.userId, byId: owner.userId });
    const rest = (...people: Person[]) =>
      settleNote({ projectId, noteId: id }, { text: '', annotationIds: [], mentions: people.map(by) });
    const told = async (person: Person) => {
      const { items } = await ask<{ items: Notice[] }>('notice.list', person, { query: { limit: 50 } });
      return items.filter(({ kind }) => kind === 'note-mention');
    };
    await rest(named, stranger, owner);
    await rest(named, stranger, owner);
    expect(await told(named)).toMatchObject([
      {
        note: { id, title: 'Who asks whom' },
        by: { id: owner.userId },
        path: expect.stringContaining(named.userId),
      },
    ]);
    await rest(named, named);
    expect(await told(named)).toHaveLength(2);
    await rest();
    await rest(named);
    expect(await told(named)).toHaveLength(3);
    expect(await told(stranger)).toEqual([]);
    expect(await told(owner)).toEqual([]);
    await ask('note.delete', owner, here(undefined, id));
    expect(await told(named)).toEqual([]);
    // A room that rests after its note was deleted tells nobody.
    await rest(named, named);
    const { rows } = await database.db.$client.query(
      `select count(*)::int as n from notices where user_id = $1 and kind = 'note-mention'`,
      [named.userId],
    );
    expect(rows).toEqual([{ n: 3 }]);
  });

  it('that came to rest is known by its words and its quotes, and says so once', async () => {
    const grant = grantOf(owner, projectId);
    const source = await addSource(grant);
    const stranger = await addPerson(database, 'Stranger');
    const elsewhere = await addProject(database, stranger);
    const theirs = await addSource(grantOf(stranger, elsewhere));
    const selector = [
      { type: 'TextQuoteSelector' as const, exact: 'a draft report', prefix: '', suffix: '' },
    ];
    const mark = { motivation: 'quoting' as const, selector, codeIds: [] };
    const ours = await createAnnotation(grant, { ...mark, sourceId: source.id });
    const foreign = await createAnnotation(grantOf(stranger, elsewhere), { ...mark, sourceId: theirs.id });
    const { id } = await ask<Note>('note.create', owner, here({ title: 'Story' }));
    // A chip can name anything: what is not an annotation of this project is passed over.
    const annotationIds = [ours.id, foreign.id, newId()];
    await settleNote({ projectId, noteId: id }, { text: 'The words of the note', annotationIds });
    expect(await ask('note.get', owner, here(undefined, id))).toMatchObject({
      text: 'The words of the note',
    });
    const annotation = { params: { projectId, annotationId: ours.id } };
    expect(await ask('annotation.get', owner, annotation)).toMatchObject({ noteIds: [id] });
    const { items } = await ask<{ items: Event[] }>('event.list', owner, {
      ...here(),
      query: { limit: 500 },
    });
    const edited = items.filter(({ happening }) => happening.type === 'note.edited');
    expect(edited).toMatchObject([
      { actor: { id: null, name: 'Gloss' }, happening: { subject: { id, annotationIds: [ours.id] } } },
    ]);
    // The log tells that a note changed, not what it says.
    const { rows } = await database.db.$client.query(
      'select count(*)::int as n from events where subject->>$1 = $2',
      ['text', 'The words of the note'],
    );
    expect(rows).toEqual([{ n: 0 }]);
  });
});
