import { sql } from 'drizzle-orm';
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Found } from '../../lib/search/found';
import { notes } from './notes';
import { users } from './people';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Sentences of notes that somebody vouched for. A sentence that says something else now is another one. */
export const noteSignOffs = pgTable(
  'note_sign_offs',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    noteId: uuid('note_id').notNull(),
    statement: text().notNull(),
    by: uuid()
      .notNull()
      .references(() => users.id),
    at: at('at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({ columns: [table.projectId, table.noteId], foreignColumns: [notes.projectId, notes.id] }),
    // By its digest: a sentence may be longer than an index takes.
    uniqueIndex('note_sign_offs_once').on(table.noteId, sql`md5(${table.statement})`),
  ],
);

/** What searches found when they were frozen in notes. Never changed. */
export const frozenQueries = pgTable(
  'frozen_queries',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    noteId: uuid('note_id').notNull(),
    q: text().notNull(),
    by: uuid()
      .notNull()
      .references(() => users.id),
    at: at('at').notNull().defaultNow(),
    items: jsonb().$type<Found[]>().notNull(),
    total: integer(),
  },
  (table) => [
    foreignKey({ columns: [table.projectId, table.noteId], foreignColumns: [notes.projectId, notes.id] }),
    index('frozen_queries_note').on(table.noteId),
  ],
);
