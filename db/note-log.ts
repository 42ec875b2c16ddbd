import { and, eq, inArray, sql } from 'drizzle-orm';
import type { NoteKey } from '../lib/access/note-key';
import { NOTE_POLICY } from '../lib/notes/note-policy';
import { mergeStored, type StoredNote } from '../lib/notes/note-sync';
import { type LogEntry, readPack, writePack } from '../lib/notes/update-pack';
import { auditDocument } from '../lib/update-gate/audit';
import type { ClientRecord } from '../lib/update-gate/client-owners';
import type { Db } from './client';
import { claimClients, clientsOfNote, clientsOfRow } from './note-clients';
import { keepPastes } from './note-log/pastes';
import { markOf, vectorIn } from './note-log/snapshot-mark';
import { noteSnapshots, noteUpdates } from './schema/notes';

/** The Postgres channel that tells every process which log rows were just committed. */
export const NOTE_CHANNEL = 'gloss_note';
/** Who the channel names when a log was replaced as a whole: what a room holds of that note is to be read anew. */
export const MENDED = 'mended';
/** A long snapshot is read in parts: a row of hundreds of kilobytes takes the driver ten times as long. */
const PART_BYTES = 65_536;
/** Rows one call may append: their ids must fit one NOTIFY, which carries under 8,000 bytes. */
export const MAX_APPEND = 128;

/** One row of a note's log: the updates that were taken in within a few ms, in their order. */
export type LogRow = { readonly key: NoteKey; readonly entries: readonly LogEntry[] };
/** What the channel says: which process wrote, and which rows. */
export type NoteNotice = {
  readonly writer: string;
  readonly rows: readonly { noteId: string; seq: number }[];
};

type StoredRow = {
  kind: number;
  seq: string;
  bytes: Buffer;
  entries: number;
  user_ids: string[] | null;
  clients: ClientRecord[] | null;
  mark: Buffer | null;
};

/** The updates of a row, in their order. */
export function unpack(row: {
  update: Uint8Array;
  entries: number;
  userIds: readonly string[] | null;
}): Uint8Array[] {
  if (row.entries === 1) return [row.update];
  return readPack(row.update, row.userIds ?? []).map((entry) => entry.update);
}

/**
 * Reads a note as it is stored, in one statement and so at one moment. Every row there is counts, also
 * one older than the snapshot: sequence numbers are not given out in commit order, and compaction
 * removes exactly the rows it merged.
 */
export async function loadNote(
  db: Db,
  key: NoteKey,
): Promise<StoredNote & { readonly rows: number; readonly bytes: number }> {
  const { rows } = await db.execute<StoredRow>(sql`
    select 0 as kind, part as seq, substr(state, 1 + part * ${PART_BYTES}::integer, ${PART_BYTES}::integer) as bytes, 1 as entries,
      null::uuid[] as user_ids, null::json as clients, case when part = 0 then mark end as mark
      from ${noteSnapshots}, generate_series(0, (length(state) - 1) / ${PART_BYTES}::integer) as part where note_id = ${key.noteId} and project_id = ${key.projectId}
    union all
    select 1, seq, update, entries, user_ids, null, null from ${noteUpdates}
      where note_id = ${key.noteId} and project_id = ${key.projectId}
    union all
    select 2, 0, ''::bytea, 0, null, (${clientsOfNote(key)}), null
    order by kind, seq`);
  const parts = rows.filter((row) => row.kind === 0);
  const snapshot = parts.length === 0 ? null : Buffer.concat(parts.map((part) => part.bytes));
  const mark = parts[0]?.mark ?? null;
  const vector = snapshot !== null && mark !== null ? vectorIn(key, snapshot, mark) : null;
  const tail = rows.filter((row) => row.kind === 1);
  const updates = tail.flatMap(({ bytes, entries, user_ids: userIds }) =>
    unpack({ update: bytes, entries, userIds }),
  );
  return {
    snapshot,
    // With rows after it, it is looked over with them anyway.
    isMarked: tail.length === 0 && vector !== null,
    vector,
    updates,
    clients: rows.find((row) => row.kind === 2)?.clients ?? [],
    rows: tail.length,
    bytes: tail.reduce((sum, row) => sum + row.bytes.byteLength, 0),
  };
}

/**
 * Appends rows of any notes in one statement, and tells the channel in the same transaction. `writer`
 * names the process, without spaces, so that it can pass over its own notice. Returns the sequence numbers, ascending.
 * Rejects as a whole when a client id in it belongs to another user (23505). @throws RangeError for more than `MAX_APPEND` rows.
 */
export async function appendUpdates(db: Db, rows: readonly LogRow[], writer: string): Promise<number[]> {
  if (rows.length === 0) return [];
  if (rows.length > MAX_APPEND) throw new RangeError(`At most ${MAX_APPEND} rows at once`);
  const packed = rows.map(({ entries: [first, ...others], entries }) => {
    if (first === undefined) throw new RangeError('A row of the log holds at least one update');
    if (others.length > 0) return { ...writePack(entries), count: entries.length, userId: null };
    return { bytes: first.update, userIds: null, count: 1, userId: first.userId };
  });
  const claimed = claimClients(rows);
  // As arrays the statement's text is always the same, however many rows there are.
  const answer = await db.execute<{ seqs: string[] }>(sql`
    with given as (
      select * from unnest(
        ${sql.param(rows.map((row) => row.key.projectId))}::uuid[],
        ${sql.param(rows.map((row) => row.key.noteId))}::uuid[],
        ${sql.param(packed.map((row) => buffer(row.bytes)))}::bytea[],
        ${sql.param(packed.map((row) => row.count))}::integer[],
        ${sql.param(packed.map((row) => row.userId))}::uuid[],
        ${sql.param(packed.map((row) => row.userIds && `{${row.userIds.join(',')}}`))}::text[])
      as given (project_id, note_id, update, entries, user_id, user_ids)),
    added as (
      insert into ${noteUpdates} (project_id, note_id, update, entries, user_id, user_ids)
      select project_id, note_id, update, entries, user_id, user_ids::uuid[] from given
      returning note_id, seq)
    ${claimed === null ? sql`` : sql`, claimed as (${claimed})`}
    select array_agg(seq::text order by seq) as seqs,
      pg_notify(${NOTE_CHANNEL}, ${`${writer} `} || string_agg(note_id || ':' || seq, ',' order by seq))
    from added`);
  return (answer.rows[0]?.seqs ?? []).map(Number);
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
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
): Promise<{ seq: number; updates: Uint8Array[]; clients: ClientRecord[] }[]> {
  if (seqs.length === 0) return [];
  const rows = await db
    .select({ ...logColumns, clients: clientsOfRow })
    .from(noteUpdates)
    .where(
      and(
        eq(noteUpdates.noteId, key.noteId),
        eq(noteUpdates.projectId, key.projectId),
        inArray(noteUpdates.seq, [...seqs]),
      ),
    )
    .orderBy(noteUpdates.seq);
  return rows.map((row) => ({ seq: row.seq, updates: unpack(row), clients: row.clients ?? [] }));
}

const logColumns = {
  seq: noteUpdates.seq,
  update: noteUpdates.update,
  entries: noteUpdates.entries,
  userIds: noteUpdates.userIds,
};

/**
 * Merges the log of a note into its snapshot, in one transaction that removes exactly the rows it read.
 * Answers how much it merged, or null when another process is at it, or the log has a gap or is damaged.
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
      .select(logColumns)
      .from(noteUpdates)
      .where(and(eq(noteUpdates.noteId, key.noteId), eq(noteUpdates.projectId, key.projectId)))
      .orderBy(noteUpdates.seq);
    const newest = rows.at(-1);
    if (newest === undefined) return { rows: 0, bytes: 0 };
    const stored = { snapshot: before?.state ?? null, updates: rows.flatMap(unpack) };
    // A damaged log is kept row by row: what came before the damage can be told from it only so.
    const state = mergeStored(stored, (doc) => auditDocument(doc, NOTE_POLICY) === null);
    if (state === null) return null;
    await keepPastes(tx, key, stored.updates);
    const seq = Math.max(newest.seq, before?.seq ?? 0);
    const snapshot = { state, mark: markOf(key, state), seq, at: new Date() };
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
