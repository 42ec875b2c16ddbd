import { and, eq, inArray, sql } from 'drizzle-orm';
import type { NoteKey } from '../lib/access/note-key';
import { mergeStored, type StoredNote } from '../lib/notes/note-sync';
import type { Db } from './client';
import { noteSnapshots, noteUpdates } from './schema/notes';

/** The Postgres channel that tells every process which log rows were just committed. */
export const NOTE_CHANNEL = 'gloss_note';
/** Rows one call may append: their ids must fit one NOTIFY, which carries under 8,000 bytes. */
export const MAX_APPEND = 128;

/** One row of a note's log: a Yjs update (version 1) and who made it. */
export type LogRow = { readonly key: NoteKey; readonly update: Uint8Array; readonly userId: string | null };
/** What the channel says: which process wrote, and which rows. */
export type NoteNotice = {
  readonly writer: string;
  readonly rows: readonly { noteId: string; seq: number }[];
};

type StoredRow = { kind: number; seq: string; bytes: Buffer };

/**
 * Reads a note as it is stored, in one statement and so at one moment. Every row there is counts, also
 * one older than the snapshot: sequence numbers are not given out in commit order, and compaction
 * removes exactly the rows it merged.
 */
export async function loadNote(db: Db, key: NoteKey): Promise<StoredNote & { readonly bytes: number }> {
  const { rows } = await db.execute<StoredRow>(sql`
    select 0 as kind, seq, state as bytes from ${noteSnapshots}
      where note_id = ${key.noteId} and project_id = ${key.projectId}
    union all
    select 1, seq, update from ${noteUpdates}
      where note_id = ${key.noteId} and project_id = ${key.projectId}
    order by kind, seq`);
  const snapshot = rows.find((row) => row.kind === 0)?.bytes ?? null;
  const updates = rows.filter((row) => row.kind === 1).map((row) => row.bytes);
  return { snapshot, updates, bytes: updates.reduce((sum, update) => sum + update.byteLength, 0) };
}

/**
 * Appends rows of any notes in one statement, and tells the channel in the same transaction. `writer`
 * names the process, without spaces, so that it can pass over its own notice. Returns the sequence numbers, ascending.
 * @throws RangeError for more than `MAX_APPEND` rows.
 */
export async function appendUpdates(db: Db, rows: readonly LogRow[], writer: string): Promise<number[]> {
  if (rows.length === 0) return [];
  if (rows.length > MAX_APPEND) throw new RangeError(`At most ${MAX_APPEND} rows at once`);
  const values = rows.map(
    ({ key, update, userId }) =>
      sql`(${key.projectId}::uuid, ${key.noteId}::uuid, ${sql.param(update, noteUpdates.update)}::bytea, ${userId}::uuid)`,
  );
  const answer = await db.execute<{ seqs: string[] }>(sql`
    with added as (
      insert into ${noteUpdates} (project_id, note_id, update, user_id)
      values ${sql.join(values, sql`, `)}
      returning note_id, seq)
    select array_agg(seq::text order by seq) as seqs,
      pg_notify(${NOTE_CHANNEL}, ${`${writer} `} || string_agg(note_id || ':' || seq, ',' order by seq))
    from added`);
  return (answer.rows[0]?.seqs ?? []).map(Number);
}

/** Reads what the channel said; null when it was not ours to read. */
export function readNotice(payload: string): NoteNotice | null {
  const [writer, list] = payload.split(' ');
  if (writer === undefined || list === undefined) return null;
  const rows = list.split(',').map((part) => {
    const [noteId = '', seq] = part.split(':');
    return { noteId, seq: Number(seq) };
  });
  return rows.every((row) => Number.isSafeInteger(row.seq)) ? { writer, rows } : null;
}

/** Reads log rows of a note by number, ascending. Those that were compacted since are missing. */
export async function readUpdates(
  db: Db,
  key: NoteKey,
  seqs: readonly number[],
): Promise<{ seq: number; update: Uint8Array }[]> {
  if (seqs.length === 0) return [];
  return db
    .select({ seq: noteUpdates.seq, update: noteUpdates.update })
    .from(noteUpdates)
    .where(
      and(
        eq(noteUpdates.noteId, key.noteId),
        eq(noteUpdates.projectId, key.projectId),
        inArray(noteUpdates.seq, [...seqs]),
      ),
    )
    .orderBy(noteUpdates.seq);
}

/**
 * Merges the log of a note into its snapshot, in one transaction that removes exactly the rows it read.
 * Answers how much it merged, or null when another process is at it or the log has a gap.
 */
export async function compactNote(db: Db, key: NoteKey): Promise<{ rows: number; bytes: number } | null> {
  return db.transaction(async (tx) => {
    const lock = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${key.noteId}, 7461)) as mine`,
    );
    if (lock.rows[0]?.mine !== true) return null;
    const here = and(eq(noteSnapshots.noteId, key.noteId), eq(noteSnapshots.projectId, key.projectId));
    // Only compaction writes snapshots and only under this lock, so two statements read one state.
    const [before] = await tx.select().from(noteSnapshots).where(here);
    const rows = await tx
      .select({ seq: noteUpdates.seq, update: noteUpdates.update })
      .from(noteUpdates)
      .where(and(eq(noteUpdates.noteId, key.noteId), eq(noteUpdates.projectId, key.projectId)))
      .orderBy(noteUpdates.seq);
    const newest = rows.at(-1);
    if (newest === undefined) return { rows: 0, bytes: 0 };
    const state = mergeStored({ snapshot: before?.state ?? null, updates: rows.map((row) => row.update) });
    if (state === null) return null;
    const snapshot = { state, seq: Math.max(newest.seq, before?.seq ?? 0), at: new Date() };
    await tx
      .insert(noteSnapshots)
      .values({ noteId: key.noteId, projectId: key.projectId, ...snapshot })
      .onConflictDoUpdate({ target: noteSnapshots.noteId, set: snapshot });
    const removed = await tx.execute(
      sql`delete from ${noteUpdates} where seq = any(${sql.param(rows.map((row) => row.seq))}::bigint[])`,
    );
    if (removed.rowCount !== rows.length) throw new Error('A log row vanished while it was being merged');
    return { rows: rows.length, bytes: rows.reduce((sum, row) => sum + row.update.byteLength, 0) };
  });
}
