import { type SQL, sql } from 'drizzle-orm';
import type { NoteKey } from '../lib/access/note-key';
import type { LogEntry } from '../lib/notes/update-pack';
import type { ClientRecord } from '../lib/update-gate/client-owners';
import { noteClients, noteUpdates } from './schema/notes';

/** `note_clients` rows as one JSON list of `ClientRecord`s. */
const asRecords = sql`json_agg(json_build_object('clientId', client_id, 'userId', user_id, 'announced', announced))`;

/** All client ids of a note with their owners, as one JSON value; null when there are none. */
export const clientsOfNote = (key: NoteKey): SQL =>
  sql`select ${asRecords} from ${noteClients}
    where note_id = ${key.noteId} and project_id = ${key.projectId}`;

/** The client ids that a row of the log uses for the first time, as a column of a query on the log. */
export const clientsOfRow = sql<ClientRecord[] | null>`(select ${asRecords} from ${noteClients} as owned
  where owned.note_id = ${noteUpdates.noteId} and owned.seq = ${noteUpdates.seq})`;

/**
 * The part of the statement that appends rows which writes down the client ids they use for the first time, each with
 * the row it came in (named `added`). Null when there are none. Where two processes take the same id for two users, the
 * first to commit has it, and the other's whole statement fails with a unique violation (23505): what it was judged by
 * is not what is stored.
 */
export function claimClients(rows: readonly { key: NoteKey; entries: readonly LogEntry[] }[]): SQL | null {
  const claims = new Map<string, Claimed>();
  for (const { key, entries } of rows) {
    for (const { userId, claims: made = [] } of entries) {
      for (const { clientId, announced, from = null } of made) {
        const id = `${key.noteId} ${clientId}`;
        // One statement may touch a row only once.
        const before = claims.get(id);
        claims.set(id, {
          key,
          clientId,
          userId,
          announced: announced || (before?.announced ?? false),
          from: before === undefined ? from : before.from,
        });
      }
    }
  }
  if (claims.size === 0) return null;
  const all = [...claims.values()];
  return sql`insert into ${noteClients} (project_id, note_id, client_id, user_id, announced, taken_from, seq)
    select taken.project_id, taken.note_id, taken.client_id, taken.user_id, taken.announced, taken.taken_from,
      first.seq
    from unnest(
      ${sql.param(all.map(({ key }) => key.projectId))}::uuid[],
      ${sql.param(all.map(({ key }) => key.noteId))}::uuid[],
      ${sql.param(all.map(({ clientId }) => clientId))}::bigint[],
      ${sql.param(all.map(({ userId }) => userId))}::uuid[],
      ${sql.param(all.map(({ announced }) => announced))}::boolean[],
      ${sql.param(all.map(({ from }) => from))}::uuid[])
      as taken (project_id, note_id, client_id, user_id, announced, taken_from)
    join (select note_id, min(seq) as seq from added group by note_id) as first
      on first.note_id = taken.note_id
    on conflict (note_id, client_id) do update
      set user_id = excluded.user_id, announced = excluded.announced, taken_from = excluded.taken_from,
        seq = excluded.seq`;
}

type Claimed = {
  readonly key: NoteKey;
  readonly clientId: number;
  readonly userId: string | null;
  readonly announced: boolean;
  readonly from: string | null;
};
