import { database } from '../../db/client';
import {
  selectClientOwners,
  selectNames,
  selectVersion,
  selectVersionState,
  selectVersions,
} from '../../db/note-versions';
import { selectNote } from '../../db/notes';
import type { Grant } from '../../lib/access/grant';
import { type NoteKey, noteKeyOf } from '../../lib/access/note-key';
import { readNote } from '../../lib/notes/authorship';
import type { NoteVersion, NoteVersionContent } from '../../lib/notes/version';
import { notFound, toPage } from '../edit';
import { docOf } from './note-now';

async function keyOf(grant: Grant, noteId: string): Promise<NoteKey> {
  if ((await selectNote(database(), grant, noteId)) === null) throw notFound('note');
  return noteKeyOf(grant, noteId);
}

/** The states of a note that are kept, newest first. */
export async function listVersions(
  grant: Grant,
  noteId: string,
  query: { kind?: NoteVersion['kind']; limit: number; cursor?: string },
) {
  const key = await keyOf(grant, noteId);
  const rows = await selectVersions(database(), key, { ...query, limit: query.limit + 1 });
  return toPage(rows, query.limit);
}

/** One state of a note: what it says, and who wrote what. */
export async function getVersion(
  grant: Grant,
  noteId: string,
  versionId: string,
): Promise<NoteVersionContent> {
  const db = database();
  const key = await keyOf(grant, noteId);
  const [version, state] = await Promise.all([
    selectVersion(db, key, versionId),
    selectVersionState(db, key, versionId),
  ]);
  if (version === null || state === null) throw notFound('version of this note');
  const owners = await selectClientOwners(db, key);
  const { doc, authors } = readNote(docOf(state), (clientId) => owners.get(clientId) ?? null);
  const names = await selectNames(
    db,
    authors.flatMap(({ userId }) => userId ?? []),
  );
  return { ...version, doc: { ...doc, type: 'doc' }, writing: authors, people: [...names.values()] };
}
