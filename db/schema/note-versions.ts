import { sql } from 'drizzle-orm';
import { foreignKey, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { bytes } from './bytes';
import { notes } from './notes';
import { users } from './people';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** States a note was in, each whole: deleted text is really gone from a note, so a later state can't give it back. */
export const noteVersions = pgTable(
  'note_versions',
  {
    /** In the order the points were begun. */
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    noteId: uuid('note_id').notNull(),
    kind: text({ enum: ['auto', 'named', 'restored'] }).notNull(),
    name: text(),
    began: at('began').notNull(),
    at: at('at').notNull(),
    /** Who named it or brought it back. */
    createdBy: uuid('created_by').references(() => users.id),
    /** Who changed the note since the point before. */
    authorIds: uuid('author_ids').array().notNull().default(sql`'{}'`),
    /** When the state that was brought back had been. */
    restoredFrom: at('restored_from'),
    /** How `state` is written, so that a later program can write it otherwise. */
    format: text({ enum: ['yjs-1-zstd'] }).notNull(),
    state: bytes().notNull(),
    /** How many bytes `state` has when unpacked. */
    size: integer().notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.projectId, table.noteId], foreignColumns: [notes.projectId, notes.id] }),
    index('note_versions_note').on(table.noteId, table.id),
  ],
);
