import { sql } from 'drizzle-orm';
import type { NoteKey } from '../../lib/access/note-key';
import type { StoredNote } from '../../lib/notes/note-sync';
import type { Transaction } from '../client';
import { MENDED, NOTE_CHANNEL, unpack } from '../note-log';
import { noteLogsSetAside, noteSnapshots, noteUpdates } from '../schema/notes';
import { markOf } from './snapshot-mark';

type TakenRow = {
  kind: 'snapshot' | 'update';
  seq: string;
  bytes: Buffer;
  entries: number;
  user_ids: string[] | null;
};

/** A log that was taken out of use: what it held, and the newest number in it. */
export type LogSetAside = StoredNote & { readonly seq: number };

/**
 * Takes the log of a note out of use and keeps it for the record, exactly what is there at this moment: a row that is
 * committed meanwhile stays. The note is empty then; `beginLog` gives it a new start in the same transaction.
 */
export async function setLogAside(tx: Transaction, key: NoteKey, userId: string): Promise<LogSetAside> {
  // Nobody compacts meanwhile: a row would be in neither.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key.noteId}, 7461))`);
  const here = sql`note_id = ${key.noteId} and project_id = ${key.projectId}`;
  const { rows } = await tx.execute<TakenRow>(sql`
    with snapshot as (delete from ${noteSnapshots} where ${here} returning *),
    updates as (delete from ${noteUpdates} where ${here} returning *)
    insert into ${noteLogsSetAside}
      (project_id, note_id, kind, seq, bytes, entries, user_id, user_ids, at, set_aside_by)
    select project_id, note_id, kind, seq, bytes, entries, user_id, user_ids, at, ${userId}::uuid from (
      select project_id, note_id, 'snapshot' as kind, seq, state as bytes, 1 as entries,
        null::uuid as user_id, null::uuid[] as user_ids, at from snapshot
      union all
      select project_id, note_id, 'update', seq, update, entries, user_id, user_ids, at from updates
    ) as taken
    order by kind, seq
    returning kind, seq, bytes, entries, user_ids`);
  const bySeq = [...rows].sort((one, other) => Number(one.seq) - Number(other.seq));
  return {
    snapshot: bySeq.find(({ kind }) => kind === 'snapshot')?.bytes ?? null,
    updates: bySeq.flatMap(({ kind, bytes, entries, user_ids: userIds }) =>
      kind === 'update' ? unpack({ update: bytes, entries, userIds }) : [],
    ),
    seq: Math.max(0, ...bySeq.map(({ seq }) => Number(seq))),
  };
}

/**
 * Gives a note whose log was set aside a new start, as one Yjs update (version 1), and has every process read it anew
 * once the transaction is committed.
 */
export async function beginLog(tx: Transaction, key: NoteKey, state: Uint8Array, seq: number): Promise<void> {
  const { projectId, noteId } = key;
  await tx.insert(noteSnapshots).values({ projectId, noteId, seq, state, mark: markOf(key, state) });
  await tx.execute(sql`select pg_notify(${NOTE_CHANNEL}, ${`${MENDED} ${noteId}:${seq}`})`);
}
