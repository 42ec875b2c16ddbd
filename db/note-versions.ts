import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { and, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { NoteKey } from '../lib/access/note-key';
import type { NoteVersion } from '../lib/notes/version';
import type { Point } from '../lib/notes/version-points';
import type { Db, Transaction } from './client';
import { noteVersions } from './schema/note-versions';
import { noteClients } from './schema/notes';
import { users } from './schema/people';

/** Somebody, by the name they have now. */
export type Name = { readonly id: string; readonly name: string };
type Row = typeof noteVersions.$inferSelect;

const creators = alias(users, 'creators');
const hereIs = (key: NoteKey) =>
  and(eq(noteVersions.projectId, key.projectId), eq(noteVersions.noteId, key.noteId));
const thisOne = (key: NoteKey, id: string) => and(hereIs(key), eq(noteVersions.id, id));

/** Holds the history of a note to the end of the transaction: points are made one after the other, by whichever process. */
export async function lockVersions(tx: Transaction, { noteId }: NoteKey): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${noteId}, 7462))`);
}

/** The point a note was last kept at, with its state as a Yjs update (version 1); null when there is none. */
export async function selectNewestPoint(
  db: Db,
  key: NoteKey,
): Promise<(Point & { state: Uint8Array }) | null> {
  const [row] = await db
    .select()
    .from(noteVersions)
    .where(hereIs(key))
    .orderBy(desc(noteVersions.id))
    .limit(1);
  return row ? { ...row, state: zstdDecompressSync(row.state) } : null;
}

/** The same without its state. */
export async function selectNewest(db: Db, key: NoteKey): Promise<Point | null> {
  const { id, kind, began, at, authorIds } = noteVersions;
  const [row] = await db
    .select({ id, kind, began, at, authorIds })
    .from(noteVersions)
    .where(hereIs(key))
    .orderBy(desc(noteVersions.id))
    .limit(1);
  return row ?? null;
}

/** All points of a note, without what they hold. */
export async function selectPoints(db: Db, key: NoteKey): Promise<Point[]> {
  const { id, kind, began, at, authorIds } = noteVersions;
  return db.select({ id, kind, began, at, authorIds }).from(noteVersions).where(hereIs(key));
}

/** Keeps a state of a note, given as a Yjs update (version 1). */
export async function insertVersion(
  db: Db,
  { projectId, noteId }: NoteKey,
  version: Pick<Row, 'id' | 'kind' | 'at' | 'authorIds'> &
    Partial<Pick<Row, 'name' | 'createdBy' | 'restoredFrom'>> & { state: Uint8Array },
): Promise<void> {
  await db
    .insert(noteVersions)
    .values({ ...version, projectId, noteId, began: version.at, ...packed(version.state) });
}

/** Moves a point on to a later state. */
export async function moveVersion(
  db: Db,
  key: NoteKey,
  id: string,
  { state, ...to }: { state: Uint8Array; at: Date; authorIds: string[] },
): Promise<void> {
  await db
    .update(noteVersions)
    .set({ ...to, ...packed(state) })
    .where(thisOne(key, id));
}

function packed(state: Uint8Array): Pick<Row, 'state' | 'size' | 'format'> {
  return { state: zstdCompressSync(state), size: state.byteLength, format: 'yjs-1-zstd' };
}

/** Names a point, which is then kept for ever, or takes its name away. */
export async function renameVersion(
  db: Db,
  key: NoteKey,
  id: string,
  naming: Pick<Row, 'kind' | 'name' | 'createdBy'>,
): Promise<void> {
  await db.update(noteVersions).set(naming).where(thisOne(key, id));
}

/** Takes points away, and writes down whose changes now belong to those that stay. */
export async function removeVersions(
  db: Db,
  key: NoteKey,
  ids: readonly string[],
  authors: ReadonlyMap<string, string[]>,
): Promise<void> {
  if (ids.length === 0) return;
  await db.delete(noteVersions).where(and(hereIs(key), inArray(noteVersions.id, [...ids])));
  for (const [id, authorIds] of authors) {
    await db.update(noteVersions).set({ authorIds }).where(thisOne(key, id));
  }
}

/** The states of a note, newest first; a page of them, and only those of a kind where one is named. */
export async function selectVersions(
  db: Db,
  key: NoteKey,
  { kind, cursor, limit }: { kind?: NoteVersion['kind']; cursor?: string; limit: number },
): Promise<NoteVersion[]> {
  const rows = await select(db)
    .where(
      and(
        hereIs(key),
        kind ? eq(noteVersions.kind, kind) : undefined,
        cursor ? lt(noteVersions.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(noteVersions.id))
    .limit(limit);
  return toVersions(db, rows);
}

/** One state of a note; null when there is no such. */
export async function selectVersion(db: Db, key: NoteKey, id: string): Promise<NoteVersion | null> {
  const [version] = await toVersions(db, await select(db).where(thisOne(key, id)));
  return version ?? null;
}

/** What a state of a note holds, as a Yjs update (version 1); null when there is no such. */
export async function selectVersionState(db: Db, key: NoteKey, id: string): Promise<Uint8Array | null> {
  const [row] = await db.select({ state: noteVersions.state }).from(noteVersions).where(thisOne(key, id));
  return row ? zstdDecompressSync(row.state) : null;
}

const columns = {
  id: noteVersions.id,
  projectId: noteVersions.projectId,
  noteId: noteVersions.noteId,
  kind: noteVersions.kind,
  name: noteVersions.name,
  at: noteVersions.at,
  authorIds: noteVersions.authorIds,
  restoredFrom: noteVersions.restoredFrom,
};

function select(db: Db) {
  return db
    .select({ ...columns, creator: { id: creators.id, name: creators.name } })
    .from(noteVersions)
    .leftJoin(creators, eq(creators.id, noteVersions.createdBy))
    .$dynamic();
}

async function toVersions(db: Db, rows: Awaited<ReturnType<typeof select>>): Promise<NoteVersion[]> {
  const names = await selectNames(
    db,
    rows.flatMap((row) => row.authorIds),
  );
  return rows.map(({ authorIds, at, restoredFrom, ...row }) => ({
    ...row,
    at: at.toISOString(),
    restoredFrom: restoredFrom?.toISOString() ?? null,
    authors: authorIds.flatMap((id) => names.get(id) ?? []),
  }));
}

/** People by id; whom nobody knows is left out. */
export async function selectNames(db: Db, ids: readonly string[]): Promise<Map<string, Name>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const { id, name } = users;
  const rows = await db.select({ id, name }).from(users).where(inArray(id, wanted));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Whose the Yjs client ids of a note are. */
export async function selectClientOwners(db: Db, key: NoteKey): Promise<Map<number, string>> {
  const { clientId, userId } = noteClients;
  const rows = await db
    .select({ clientId, userId })
    .from(noteClients)
    .where(and(eq(noteClients.noteId, key.noteId), eq(noteClients.projectId, key.projectId)));
  return new Map(rows.flatMap((row) => (row.userId === null ? [] : [[row.clientId, row.userId]])));
}
