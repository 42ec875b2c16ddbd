import { database } from '../db/client';
import { countDeeds, type Deed, selectPeople } from '../db/contributions';
import { loadNote } from '../db/note-log';
import { selectPastes } from '../db/note-log/pastes';
import { selectClientOwners } from '../db/note-versions';
import { selectNotes } from '../db/notes';
import type { Grant } from '../lib/access/grant';
import { type NoteKey, noteKeyOf } from '../lib/access/note-key';
import { addUp, countOf } from '../lib/contributions/add-up';
import type { Contribution } from '../lib/contributions/contribution';
import { cameAtOnce } from '../lib/contributions/pastes';
import { survivingLetters } from '../lib/contributions/surviving';
import { salvage } from '../lib/notes/salvage';
import { NOTE_FRAGMENT } from '../lib/notes/schema-version';

/** Notes that are read for one answer, the first that were made first. */
const MOST_NOTES = 500;

/** What each person did in the project, of what is still there and the actor may see. */
export async function listContributions(grant: Grant): Promise<{ items: Contribution[]; nextCursor: null }> {
  const db = database();
  const deeds = (await countDeeds(db, grant)).filter(({ what }) => countOf(what) !== null);
  for (const { id } of await selectNotes(db, grant, {}, { limit: MOST_NOTES })) {
    deeds.push(...(await wroteIn(noteKeyOf(grant, id))));
    // Others are served between two notes.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const people = await selectPeople(
    db,
    grant,
    deeds.map(({ userId }) => userId),
  );
  return { items: addUp(people, deeds), nextCursor: null };
}

/** Whose letters a note holds, and how many of them came in at once. */
async function wroteIn(key: NoteKey): Promise<Deed[]> {
  const db = database();
  // The log before the pastes: what is merged away between the two is then in both.
  const stored = await loadNote(db, key);
  const [owners, kept] = [await selectClientOwners(db, key), await selectPastes(db, key)];
  const { doc } = salvage(stored);
  const found = survivingLetters(doc.getXmlFragment(NOTE_FRAGMENT), [
    ...kept,
    ...stored.updates.flatMap(cameAtOnce),
  ]);
  doc.destroy();
  return [...found].flatMap(([client, { letters, atOnce }]) => {
    const userId = owners.get(client);
    if (userId === undefined) return [];
    return [
      { userId, what: 'letters', count: letters },
      { userId, what: 'lettersAtOnce', count: atOnce },
    ];
  });
}
