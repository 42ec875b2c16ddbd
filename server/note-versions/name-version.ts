import type { Transaction } from '../../db/client';
import { database } from '../../db/client';
import { lockVersions, renameVersion, selectNewestPoint, selectVersion } from '../../db/note-versions';
import { selectNote } from '../../db/notes';
import type { Grant } from '../../lib/access/grant';
import { type NoteKey, noteKeyOf } from '../../lib/access/note-key';
import { readsTheSame } from '../../lib/notes/restore';
import type { NoteVersion } from '../../lib/notes/version';
import { notFound } from '../edit';
import { publish } from '../events/publish';
import { authorsSince, docOf, keep, readWhatIsSound } from './note-now';

/** Keeps the note as it is now, or what can be saved of a damaged one, for ever, under a name. The same name for the same text twice answers the first. */
export async function createVersion(
  grant: Grant,
  noteId: string,
  { name }: { name: string },
): Promise<NoteVersion> {
  const key = noteKeyOf(grant, noteId);
  return database().transaction(async (tx) => {
    if ((await selectNote(tx, grant, noteId)) === null) throw notFound('note');
    await lockVersions(tx, key);
    const now = await readWhatIsSound(tx, key);
    const newest = await selectNewestPoint(tx, key);
    const before = newest && docOf(newest.state);
    if (newest !== null && before !== null && readsTheSame(before, now.doc)) {
      const standing = (await selectVersion(tx, key, newest.id)) as NoteVersion;
      if (standing.name === name) return standing;
      // A point that was kept by itself takes the name; one with a name keeps its own.
      if (standing.kind !== 'named') return rename(tx, grant, key, newest.id, name);
    }
    const subject = await keep(tx, key, now.doc, {
      kind: 'named',
      name,
      at: new Date(),
      createdBy: grant.actor.userId,
      authorIds: authorsSince(before, now),
    });
    await publish(tx, grant, { type: 'note.version-created', subject });
    return subject;
  });
}

/** Names a kept state, or takes its name away. */
export async function updateVersion(
  grant: Grant,
  noteId: string,
  versionId: string,
  { name }: { name: string | null },
): Promise<NoteVersion> {
  const key = noteKeyOf(grant, noteId);
  return database().transaction(async (tx) => {
    if ((await selectNote(tx, grant, noteId)) === null) throw notFound('note');
    await lockVersions(tx, key);
    const version = await selectVersion(tx, key, versionId);
    if (version === null) throw notFound('version of this note');
    return version.name === name ? version : rename(tx, grant, key, versionId, name);
  });
}

async function rename(
  tx: Transaction,
  grant: Grant,
  key: NoteKey,
  id: string,
  name: string | null,
): Promise<NoteVersion> {
  await renameVersion(
    tx,
    key,
    id,
    name === null
      ? { kind: 'auto', name, createdBy: null }
      : { kind: 'named', name, createdBy: grant.actor.userId },
  );
  const subject = (await selectVersion(tx, key, id)) as NoteVersion;
  await publish(tx, grant, { type: 'note.version-updated', subject });
  return subject;
}
