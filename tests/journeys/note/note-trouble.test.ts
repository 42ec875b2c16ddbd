import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { noteUpdates } from '@/db/schema/notes';
import { NOTE_FRAGMENT } from '@/lib/notes/schema-version';
import { openNoteAs, type Someone } from './note-people';
import {
  browser,
  database,
  open,
  people,
  place,
  reads,
  says,
  server,
  setUpNoteStage,
  soon,
  writable,
} from './note-stage';

setUpNoteStage();

describe('a damaged note', () => {
  it('is shown as it was, to be read, and says so to those who write and those who read', async () => {
    const ada = await open({ person: 0 });
    await writable(ada);
    await ada.text.click();
    await ada.page.keyboard.type('Good words');
    await says(ada, /^Saved$/);
    await server.down();
    const { projectId, noteId } = place;
    const script = [
      1, 1, 7, 0, 7, 1, 7, 100, 101, 102, 97, 117, 108, 116, 3, 6, 115, 99, 114, 105, 112, 116, 0,
    ];
    await database.db.insert(noteUpdates).values({ projectId, noteId, update: Uint8Array.from(script) });
    await says(ada, /^Offline$/);
    await ada.page.keyboard.type('!');
    await server.up();
    await says(ada, /^This note is damaged and can only be read\. 1 change waits on this machine$/);
    expect(await ada.text.getAttribute('contenteditable')).toBe('false');
    await reads(ada, 'Good words!');
    const [ben, cleo] = [await open({ person: 1 }), await open({ person: 2, canWrite: false })];
    for (const someone of [ben, cleo]) await says(someone, /^This note is damaged and can only be read$/);
    await reads(ben, 'Good words');
    expect(await cleo.page.getByRole('button', { name: 'Restore a version…' }).count()).toBe(0);
    await ben.page.getByRole('button', { name: 'Restore a version…' }).click();
    await ben.page.getByRole('dialog', { name: 'History of Notes' }).waitFor();
    await ben.page.getByRole('button', { name: 'Keep what can be saved of it…' }).waitFor();
  });
});

describe('a page that is turned away', () => {
  it.each([
    [4529, 'too many sockets', /^Gloss is open in too many tabs\. Close some, .*\. 1 change waits\.$/],
    [4508, 'too slow', /^This connection is too slow .*\. 1 change waits\.$/],
  ])('with %d, %s, says what to do, and goes on by itself', async (code, reason, words) => {
    const ada = await open({ person: 0 });
    await writable(ada);
    await server.down();
    await says(ada, /^Offline$/);
    await ada.text.click();
    await ada.page.keyboard.type('a');
    server.refuseWith(code, reason);
    await server.up();
    await says(ada, words);
    server.refuseWith(null);
    await says(ada, /^Saved$/);
  });
});

describe('what the server does not take', () => {
  it('can be let go, and the page then shows what the server has', async () => {
    const ada = await open({ person: 0 });
    await writable(ada);
    await ada.text.click();
    await ada.page.keyboard.type('Taken. ');
    await says(ada, /^Saved$/);
    await server.down();
    await says(ada, /^Offline$/);
    await ada.page.keyboard.type('Not taken.');
    server.refuseWith(4400);
    await server.up();
    await says(ada, /^The server refused this connection\. 10 changes not saved/);
    await ada.page.getByRole('button', { name: 'Discard…' }).click();
    const asked = ada.page.getByRole('alertdialog', { name: 'Discard your changes to this note?' });
    server.refuseWith(null);
    const reloaded = ada.page.waitForEvent('load');
    await asked.getByRole('button', { name: 'Discard them' }).click();
    await reloaded;
    await ada.mount();
    await writable(ada);
    await reads(ada, 'Taken.');
    expect(await ada.text.textContent()).not.toContain('Not taken.');
  });
});

describe('what an older page kept', () => {
  /** A note that the server has, with a line that waited in a page of the schema before. */
  function kept(words: string) {
    const server = new Y.Doc();
    line(server, 'From before.');
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
    const saved = [...Y.encodeStateVector(doc)];
    line(doc, words);
    return { update: [...Y.encodeStateAsUpdate(doc)], saved, own: doc.clientID };
  }
  function line(doc: Y.Doc, words: string): void {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(words)]);
    const fragment = doc.getXmlFragment(NOTE_FRAGMENT);
    fragment.insert(fragment.length, [paragraph]);
  }
  const databases = ({ page }: Someone) =>
    page.evaluate(async () => (await indexedDB.databases()).map(({ name = '' }) => name));

  async function openAfterUpdate(words: string): Promise<{ ada: Someone; name: string }> {
    const me = place.people[0]?.id;
    // Of no version that a step leads from: what can be brought on is not asked about.
    const schema = 0;
    const name = `gloss-note:${me}:${place.projectId}:${place.noteId}:v${schema}`;
    const ada = await openNoteAs(browser, server, place, {
      person: 0,
      before: (page) => page.evaluate(writeOlder, { name, schema, ...kept(words) }),
    });
    people.push(ada);
    return { ada, name };
  }

  it('is shown to its writer, stays while they put it off, and is put at the end of the note', async () => {
    const { ada, name } = await openAfterUpdate('Typed on the train.');
    const dialog = ada.page.getByRole('dialog', { name: 'Kept from before Gloss was updated' });
    expect(await dialog.getByLabel('What you wrote').inputValue()).toBe('Typed on the train.');
    await ada.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await databases(ada)).toContain(name);
    await writable(ada);
    await ada.text.click();
    await ada.page.keyboard.type('The note.');
    await says(ada, /^Saved$/);
    await ada.page.getByRole('button', { name: 'Words kept from before…' }).click();
    await dialog.getByRole('button', { name: 'Put at the end of the note' }).click();
    await says(ada, /^Saved$/);
    await soon(async () =>
      expect(await ada.text.locator('p').allTextContents()).toEqual(['The note.', 'Typed on the train.']),
    );
    await soon(async () => expect(await databases(ada)).not.toContain(name));
    expect(await ada.page.getByRole('button', { name: 'Words kept from before…' }).count()).toBe(0);
    const ben = await open({ person: 1 });
    await reads(ben, 'Typed on the train.');
  });

  it('is gone once they let it go', async () => {
    const { ada, name } = await openAfterUpdate('Not needed.');
    await ada.page.getByRole('button', { name: 'Let it go' }).click();
    await soon(async () => expect(await databases(ada)).not.toContain(name));
    await writable(ada);
    expect(await ada.text.textContent()).not.toContain('Not needed.');
  });
});

type Written = { name: string; schema: number; update: number[]; saved: number[]; own: number };

/** Writes the database that a page of an older schema left behind. Runs in the page. */
async function writeOlder({ name, schema, update, saved, own }: Written): Promise<void> {
  const opening = indexedDB.open(name);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore('updates', { autoIncrement: true });
    opening.result.createObjectStore('custom');
  };
  await new Promise((done) => {
    opening.onsuccess = done;
  });
  const tx = opening.result.transaction(['updates', 'custom'], 'readwrite');
  tx.objectStore('updates').add(Uint8Array.from(update));
  const custom = tx.objectStore('custom');
  custom.put(schema, 'schema');
  custom.put(true, 'came');
  custom.put(Uint8Array.from(saved), 'saved');
  custom.put(1, `own/${own}`);
  await new Promise((done) => {
    tx.oncomplete = done;
  });
  opening.result.close();
}

describe('the caret', () => {
  it.each(['text', 'caret'] as const)(
    'goes where its key sends it, though the %s of another comes at that moment',
    async (kind) => {
      const ada = await open({ person: 0 });
      await writable(ada);
      await ada.text.click();
      await ada.page.keyboard.type('From here to there');
      await ada.page.keyboard.press('Control+Home');
      await ada.page.keyboard.type('A');
      await says(ada, /^Saved$/);
      const words = kind === 'text' ? 'BAFrom here to there' : 'AFrom here to there';
      expect(await ada.run('jumpWhileNewsComes', kind)).toBe(words);
      await ada.page.keyboard.type('!');
      await reads(ada, `${words}!`);
    },
  );
});

describe('the name on a caret', () => {
  it('fades when its person stands still, and is back when they type', async () => {
    const [ada, ben] = [await open({ person: 0 }), await open({ person: 1 })];
    await Promise.all([writable(ada), writable(ben)]);
    await ben.text.click();
    await ben.page.keyboard.type('Here');
    const label = ada.page.locator('.note-caret-name');
    await label.waitFor({ state: 'attached' });
    const opacity = () => label.evaluate((element) => Number(getComputedStyle(element).opacity));
    await soon(async () => expect(await opacity()).toBe(0));
    await ben.page.keyboard.type('!');
    await soon(async () => expect(await opacity()).toBe(1));
    await soon(async () => expect(await opacity()).toBe(0));
    await label.locator('..').hover({ force: true });
    await soon(async () => expect(await opacity()).toBe(1));
  });
});
