import * as Y from 'yjs';
import { database } from '../../db/client';
import {
  lockVersions,
  moveVersion,
  removeVersions,
  selectNames,
  selectNewestPoint,
  selectPoints,
} from '../../db/note-versions';
import type { NoteKey } from '../../lib/access/note-key';
import { readsTheSame } from '../../lib/notes/restore';
import { movesOn, thinOut } from '../../lib/notes/version-points';
import { publish, together } from '../events/publish';
import { docOf, keep, readNow } from './note-now';

/**
 * Keeps an automatic point of a note that came to rest after these people changed it: a new one after a pause or when
 * somebody else writes, else the newest moves on. Nothing is kept when it reads as it did. Older points are thinned out.
 */
export async function keepPoint(
  key: NoteKey,
  writerIds: readonly string[],
  now: Date = new Date(),
): Promise<void> {
  await database().transaction(async (tx) => {
    await lockVersions(tx, key);
    const { doc } = await readNow(tx, key);
    const newest = await selectNewestPoint(tx, key);
    if (newest !== null && readsTheSame(docOf(newest.state), doc)) return;
    const names = await selectNames(tx, writerIds);
    const authorIds = [...names.keys()];
    if (newest !== null && movesOn(newest, now, authorIds)) {
      const all = [...new Set([...newest.authorIds, ...authorIds])];
      await moveVersion(tx, key, newest.id, { state: Y.encodeStateAsUpdate(doc), at: now, authorIds: all });
      return;
    }
    const subject = await keep(tx, key, doc, { kind: 'auto', at: now, authorIds });
    const { remove, authors } = thinOut(await selectPoints(tx, key), now);
    await removeVersions(tx, key, remove, authors);
    await publish(tx, together(key.projectId, [...names.values()]), {
      type: 'note.version-created',
      subject,
    });
  });
}
