import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { loadNote } from '@/db/note-log';
import { noteKeyOf } from '@/lib/access/note-key';
import { applyStored } from '@/lib/notes/note-sync';
import { Seeded } from '@/tests/support/gate/seeded';
import { database, setUpNoteDesk } from './note-desk';
import {
  grantFor,
  makePlace,
  openTab,
  type Place,
  startServer,
  synced,
  type Tab,
  until,
} from './note-server';

setUpNoteDesk();

/** One thing somebody does to the words of a note that leaves marks to tidy up. */
function act({ text, provider }: Tab, random: Seeded): void {
  const from = random.below(text.length + 1);
  const length = Math.min(1 + random.below(8), text.length - from);
  const kind = random.below(8);
  if (kind === 0) provider.disconnect();
  else if (kind === 1) provider.connect();
  else if (kind < 4) text.insert(from, 'letters'.slice(random.below(7)));
  else if (length > 0 && kind === 4) text.delete(from, length);
  else if (length > 0) text.format(from, length, { bold: random.chance(0.5) ? {} : null });
}

async function stored(place: Place): Promise<Y.Doc> {
  const doc = new Y.Doc();
  applyStored(doc, await loadNote(database.db, noteKeyOf(grantFor(place), place.noteId)));
  return doc;
}

it('What Yjs tidies up where people overlap, at whichever process, comes to everybody and into the log', {
  timeout: 120_000,
}, async () => {
  for (let seed = 1; seed <= 12; seed++) {
    const place = await makePlace(database.db);
    const servers = [await startServer(database, place), await startServer(database, place)] as const;
    const tabs = [0, 1, 2].map((person) =>
      openTab(servers[person === 1 ? 1 : 0], place, { person: `${person}` }),
    );
    try {
      await synced(...tabs);
      const random = new Seeded(seed);
      for (let turn = 0; turn < 60; turn++) {
        act(random.pick(tabs), random);
        if (random.chance(0.3)) await new Promise((resolve) => setTimeout(resolve, 2));
      }
      for (const { provider } of tabs) provider.connect();
      const same = async () => {
        const snapshots = [await stored(place), ...tabs.map(({ doc }) => doc)].map((doc) => Y.snapshot(doc));
        return snapshots.every((one) => Y.equalSnapshots(one, snapshots[0] ?? one));
      };
      await until(same, 5_000).catch(() => expect.fail(`not the same with seed ${seed}`));
    } finally {
      for (const tab of tabs) tab.close();
      await Promise.all(servers.map((server) => server.stop()));
    }
  }
});
