import '@/tests/support/test-environment';
import { beforeAll, describe, expect, it } from 'vitest';
import { insertMember } from '@/db/members';
import type { NoteSignOff } from '@/lib/coverage/sign-off';
import type { Event } from '@/lib/events/event';
import { newId } from '@/lib/new-id';
import type { Note } from '@/lib/notes/note';
import { addPerson, ask, call, type Person } from '@/tests/support/instance';
import { annotator, database, owner, projectId } from '@/tests/support/one-source';

let editor: Person;
let noteId: string;
beforeAll(async () => {
  editor = await addPerson(database, 'Editor');
  await insertMember(database.db, { projectId }, editor.userId, 'editor');
  noteId = (await ask<Note>('note.create', owner, { params: { projectId }, body: { title: 'Draft' } })).id;
});

const here = (body?: object, more: Record<string, string> = {}) => ({
  params: { projectId, noteId, ...more },
  body,
});
const sign = (person: Person, body: object) => ask<NoteSignOff>('note-sign-off.create', person, here(body));
const listed = async () =>
  (await ask<{ items: NoteSignOff[] }>('note-sign-off.list', annotator, here())).items;

describe('A sentence of a note', () => {
  it('is signed off by an editor, once, and the log keeps who did', async () => {
    const statement = 'The bridge was closed.';
    const first = await sign(owner, { statement });
    const second = await sign(editor, { statement });
    expect(second).toMatchObject({ noteId, statement, by: { id: editor.userId } });
    expect(await listed()).toEqual([second]);
    const { items } = await ask<{ items: Event[] }>('event.list', owner, {
      params: { projectId },
      query: { limit: 200 },
    });
    const told = items.map(({ happening }) => happening).filter(({ type }) => type === 'note.signed-off');
    expect(told.map(({ subject }) => (subject as NoteSignOff).id)).toEqual([first.id, second.id]);
  });

  it('is signed off by the same id once', async () => {
    const id = newId();
    const [one, two] = [
      await sign(owner, { id, statement: 'One.' }),
      await sign(owner, { id, statement: 'One.' }),
    ];
    expect(two).toEqual(one);
  });

  it('may be as long as any, and none is taken for another of the same beginning', async () => {
    const long = 'word '.repeat(1_900);
    const [one, two] = [
      await sign(owner, { statement: `${long}one.` }),
      await sign(owner, { statement: `${long}two.` }),
    ];
    const ids = (await listed()).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([one.id, two.id]));
  });

  it('is no longer signed off once somebody takes it back', async () => {
    const made = await sign(editor, { statement: 'It was old.' });
    await ask('note-sign-off.remove', owner, here(undefined, { signOffId: made.id }));
    expect((await listed()).map(({ id }) => id)).not.toContain(made.id);
    expect((await call('note-sign-off.remove', owner, here(undefined, { signOffId: made.id }))).status).toBe(
      404,
    );
  });

  it('is not signed off by an annotator, nor in a note that is not there', async () => {
    expect((await call('note-sign-off.create', annotator, here({ statement: 'So.' }))).status).toBe(403);
    const elsewhere = { params: { projectId, noteId: newId() }, body: { statement: 'So.' } };
    expect((await call('note-sign-off.create', owner, elsewhere)).status).toBe(404);
  });
});
