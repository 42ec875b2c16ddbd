import '@/tests/support/test-environment';
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { appendUpdates, loadNote } from '@/db/note-log';
import { notes } from '@/db/schema/notes';
import type { Grant } from '@/lib/access/grant';
import { newId } from '@/lib/new-id';
import { noteText } from '@/lib/notes/note-content';
import { applyStored } from '@/lib/notes/note-sync';
import { readingOf } from '@/lib/notes/restore';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { readEvents } from '@/server/events/list';
import { keepPoint } from '@/server/note-versions/keep-point';
import { createVersion, updateVersion } from '@/server/note-versions/name-version';
import { getVersion, listVersions } from '@/server/note-versions/read-versions';
import { restoreVersion } from '@/server/note-versions/restore-version';
import { getNote, settleNote } from '@/server/notes';
import { openInstance } from '@/tests/support/instance';
import * as desk from './sync/note-desk';
import { database, key, place, setUpNoteDesk } from './sync/note-desk';
import { grantFor, type NoteServer, synced, type Tab, until } from './sync/note-server';

let ada: Grant;
let ben: Grant;

setUpNoteDesk(openInstance);
beforeEach(() => {
  ada = grantFor(place, 0);
  ben = grantFor(place, 1);
});

const START = Date.UTC(2026, 2, 1, 12);
const minute = (minutes: number) => new Date(START + minutes * 60_000);

async function stored(): Promise<Y.Doc> {
  const doc = new Y.Doc();
  applyStored(doc, await loadNote(database.db, key()));
  return doc;
}
const textOf = (doc: Y.Doc) => noteText(doc.getXmlFragment(NOTE_FRAGMENT));

/** Somebody writes at the end of the note, and it comes to rest. */
async function write(grant: Grant, words: string, at: Date): Promise<void> {
  const doc = await stored();
  const before = Y.encodeStateVector(doc);
  const line = doc.getXmlFragment(NOTE_FRAGMENT).get(0) as Y.XmlElement;
  const text = line.get(0) as Y.XmlText;
  text.insert(text.length, words);
  const { userId } = grant.actor;
  const update = Y.encodeStateAsUpdate(doc, before);
  const claims = [{ clientId: doc.clientID, announced: true }];
  await appendUpdates(database.db, [{ key: key(), entries: [{ update, userId, claims }] }], 'test');
  await keepPoint(key(), [userId], at);
}

async function history() {
  return (await listVersions(ada, place.noteId, { limit: 500 })).items;
}
async function said(id: string): Promise<string> {
  const { doc } = await getVersion(ada, place.noteId, id);
  return (
    JSON.stringify(doc)
      .match(/(?<="text":")[^"]*/g)
      ?.join('') ?? ''
  );
}

/** A process that keeps points as the program does. */
async function start(): Promise<NoteServer> {
  return desk.start({}, async (rest) => {
    await settleNote(key(), rest);
    await keepPoint(key(), rest.userIds, new Date(), rest);
  });
}
const open = (server: NoteServer, person: number): Tab => desk.open(server, { person: String(person) });

describe('Automatic points', () => {
  it('are made of what a room has, and nothing that is stored is read for them', async () => {
    await write(ada, 'One. ', minute(0));
    const held = (doc: Y.Doc) => ({
      state: Y.encodeStateAsUpdate(doc),
      reading: createHash('sha256').update(readingOf(doc)).digest('base64'),
    });
    const doc = await stored();
    const same = held(doc);
    const line = doc.getXmlFragment(NOTE_FRAGMENT).get(0) as Y.XmlElement;
    (line.get(0) as Y.XmlText).insert(0, 'Zero. ');
    await database.db.$client.query('alter table note_updates rename to note_updates_away');
    try {
      await keepPoint(key(), [ben.actor.userId], minute(5), same);
      expect(await history()).toHaveLength(1);
      await keepPoint(key(), [ben.actor.userId], minute(5), held(doc));
      await keepPoint(key(), [ben.actor.userId], minute(6), held(doc));
    } finally {
      await database.db.$client.query('alter table note_updates_away rename to note_updates');
    }
    const points = await history();
    expect(await Promise.all(points.map(({ id }) => said(id)))).toEqual(['Zero. One. ', 'One. ']);
    expect(points[0]?.at).toBe(minute(5).toISOString());
  });

  it('move on while one person writes, and end with a pause or with somebody else', async () => {
    await write(ada, 'One. ', minute(0));
    await write(ada, 'Two. ', minute(1.5));
    await write(ben, 'Three. ', minute(3));
    await write(ben, 'Four. ', minute(9));
    const points = await history();
    expect(await Promise.all(points.map(({ id }) => said(id)))).toEqual([
      'One. Two. Three. Four. ',
      'One. Two. Three. ',
      'One. Two. ',
    ]);
    expect(points.map(({ kind, at, authors }) => [kind, at, authors.map(({ name }) => name)])).toEqual([
      ['auto', minute(9).toISOString(), ['Ben']],
      ['auto', minute(3).toISOString(), ['Ben']],
      ['auto', minute(1.5).toISOString(), ['Ada']],
    ]);
  });

  it('are not made where nothing changed', async () => {
    await write(ada, 'One.', minute(0));
    await keepPoint(key(), [ada.actor.userId], minute(30));
    expect(await history()).toHaveLength(1);
  });

  it('grow fewer with age, and named ones stay', async () => {
    for (let hours = 0; hours < 3; hours++) {
      for (const at of [0, 20, 40]) await write(ada, 'a', minute(hours * 60 + at));
    }
    const [, , third] = await history();
    await updateVersion(ada, place.noteId, third?.id ?? '', { name: 'Sent to the desk' });
    expect(await history()).toHaveLength(9);
    await write(ben, 'b', minute(48 * 60));
    const left = (await history()).map(({ at, name }) => [at, name]);
    expect(left).toEqual([
      [minute(48 * 60).toISOString(), null],
      [minute(160).toISOString(), null],
      [minute(120).toISOString(), 'Sent to the desk'],
      [minute(100).toISOString(), null],
      [minute(40).toISOString(), null],
    ]);
    await write(ada, 'c', minute(60 * 24 * 60));
    expect((await history()).map(({ name }) => name)).toEqual([null, null, null, 'Sent to the desk']);
  });

  it('come from people at their desks, with who wrote what and who edited', async () => {
    const server = await start();
    const [one, other] = [open(server, 0), open(server, 1)];
    await synced(one, other);
    one.text.insert(0, 'Ada was here. ');
    await until(() => other.text.toString() === 'Ada was here. ');
    other.text.insert(other.text.length, 'So was Ben.');
    await until(async () => {
      const [newest] = await history();
      return newest !== undefined && (await said(newest.id)) === 'Ada was here. So was Ben.';
    });
    const [newest] = await history();
    const { writing, people } = await getVersion(ben, place.noteId, newest?.id ?? '');
    const nameOf = new Map(people.map(({ id, name }) => [id, name]));
    expect(writing.map(({ userId, length }) => [nameOf.get(userId ?? ''), length])).toEqual([
      ['Ada', 'Ada was here. '.length],
      ['Ben', 'So was Ben.'.length],
    ]);
    const { events } = await readEvents(ada, 0, 500);
    const edits = events.filter(({ happening }) => happening.type === 'note.edited');
    expect(edits.length).toBeGreaterThan(0);
    for (const { actor } of edits) expect(['Ada', 'Ben', 'Ada and Ben', 'Ben and Ada']).toContain(actor.name);
  });
});

describe('A named version', () => {
  it('is the note as it is, once for a name, and can lose its name again', async () => {
    await write(ada, 'Draft.', minute(0));
    const first = await createVersion(ada, place.noteId, { name: 'For the lawyer' });
    expect(await createVersion(ada, place.noteId, { name: 'For the lawyer' })).toEqual(first);
    // The point that held this text took the name.
    expect(await history()).toEqual([first]);
    expect(first).toMatchObject({ kind: 'named', name: 'For the lawyer', creator: { name: 'Ada' } });
    const second = await createVersion(ben, place.noteId, { name: 'For the editor' });
    expect(await history()).toEqual([second, first]);
    const bare = await updateVersion(ben, place.noteId, first.id, { name: null });
    expect(bare).toMatchObject({ id: first.id, kind: 'auto', name: null, creator: null });
  });

  it('is found by its own note only', async () => {
    const made = await createVersion(ada, place.noteId, { name: 'Mine' });
    const other = newId();
    const note = { id: other, projectId: place.projectId, title: 'Other', createdBy: ada.actor.userId };
    await database.db.insert(notes).values(note);
    await expect(getVersion(ada, other, made.id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(restoreVersion(ada, other, made.id)).rejects.toMatchObject({ code: 'not-found' });
    await expect(updateVersion(ada, other, made.id, { name: 'Yours' })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect((await listVersions(ada, other, { limit: 10 })).items).toEqual([]);
  });
});

describe('Bringing a version back', () => {
  it('changes the note for everybody, keeps what was there, and can itself be taken back', async () => {
    await write(ada, 'The mayor denied it on Monday.', minute(0));
    const [early] = await history();
    await write(ben, ' Nobody asked her.', minute(5));
    const { version, before } = await restoreVersion(ben, place.noteId, early?.id ?? '');
    expect(textOf(await stored())).toBe('The mayor denied it on Monday.');
    expect(version).toMatchObject({ kind: 'restored', restoredFrom: early?.at, creator: { name: 'Ben' } });
    expect(await said(before.id)).toBe('The mayor denied it on Monday. Nobody asked her.');
    // Lists and search know it at once, and the log says who did it.
    expect(await getNote(ada, place.noteId)).toMatchObject({ text: 'The mayor denied it on Monday.' });
    const { events } = await readEvents(ada, 0, 500);
    expect(events.slice(-2).map(({ actor, happening }) => [actor.name, happening.type])).toEqual([
      ['Ben', 'note.edited'],
      ['Ben', 'note.version-created'],
    ]);
    await restoreVersion(ada, place.noteId, before.id);
    expect(textOf(await stored())).toBe('The mayor denied it on Monday. Nobody asked her.');
    await expect(restoreVersion(ada, place.noteId, before.id)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('leaves what stayed to its author, and gives what came back to whoever brought it back', async () => {
    await write(ada, 'Ada wrote this. And this.', minute(0));
    const [early] = await history();
    const doc = await stored();
    const line = doc.getXmlFragment(NOTE_FRAGMENT).get(0) as Y.XmlElement;
    const vector = Y.encodeStateVector(doc);
    (line.get(0) as Y.XmlText).delete('Ada wrote this.'.length, ' And this.'.length);
    const update = Y.encodeStateAsUpdate(doc, vector);
    await appendUpdates(
      database.db,
      [{ key: key(), entries: [{ update, userId: ben.actor.userId }] }],
      'test',
    );
    const { version } = await restoreVersion(ben, place.noteId, early?.id ?? '');
    const { writing } = await getVersion(ada, place.noteId, version.id);
    expect(writing).toEqual([
      { userId: ada.actor.userId, length: 'Ada wrote this.'.length },
      { userId: ben.actor.userId, length: ' And this.'.length },
    ]);
  });

  it('converges on every page and process while others type', { timeout: 60_000 }, async () => {
    await write(ada, 'The report names three people, the ministry said on Tuesday. ', minute(0));
    const [early] = await history();
    const [one, other] = [await start(), await start()];
    const typists = [open(one, 0), open(one, 1), open(other, 2)];
    await synced(...typists);
    await write(ben, 'A second sentence that will have to go. ', minute(5));
    await until(() => typists.every((tab) => tab.text.toString().includes('have to go')));
    let stop = false;
    let typed = 0;
    const typing = typists.map(async (tab, person) => {
      while (!stop) {
        // At the head of what stays, and at the end of what goes.
        tab.text.insert(person === 1 ? tab.text.length : 0, `${person}`);
        typed++;
        await new Promise((resolve) => setTimeout(resolve, 4));
      }
    });
    await until(() => typed > 30);
    const { before } = await restoreVersion(ada, place.noteId, early?.id ?? '');
    const atRestore = typed;
    await until(() => typists.every((tab) => !tab.text.toString().includes('have to go')));
    await until(() => typed > atRestore + 30);
    stop = true;
    await Promise.all(typing);
    await until(async () => {
      const [first, ...others] = [...typists.map((tab) => tab.text.toString()), textOf(await stored())];
      return others.every((text) => text.trim() === first?.trim());
    });
    const text = typists[0]?.text.toString() ?? '';
    expect(text).toContain('The report names three people, the ministry said on Tuesday.');
    expect(text).not.toContain('sentence');
    // What was typed while it was brought back is there; what came before is in the point made just before.
    expect(text).toMatch(/^[02]{3,}/);
    expect(await said(before.id)).toContain('A second sentence that will have to go.');
    for (const server of [one, other]) expect(server.complaints).toEqual([]);
  });
});
