import { bigint, foreignKey, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { notes } from './notes';

/**
 * Letters of a note that came in at once (`lib/contributions/pastes`), by the Yjs ids they came under. Kept when the log rows
 * that tell it are merged away.
 */
export const notePastes = pgTable(
  'note_pastes',
  {
    projectId: uuid('project_id').notNull(),
    noteId: uuid('note_id').notNull(),
    clientId: bigint('client_id', { mode: 'number' }).notNull(),
    clock: bigint({ mode: 'number' }).notNull(),
    length: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.noteId, table.clientId, table.clock] }),
    foreignKey({ columns: [table.projectId, table.noteId], foreignColumns: [notes.projectId, notes.id] }),
  ],
);
