import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AnalysisQuery, AnalysisTable } from '../../lib/analysis/analysis';
import { notes } from './notes';
import { users } from './people';
import { projects } from './projects';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Analyses that a project keeps under a name, for all its members. */
export const savedAnalyses = pgTable(
  'saved_analyses',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    creatorId: uuid('creator_id')
      .notNull()
      .references(() => users.id),
    name: text().notNull(),
    query: jsonb().$type<AnalysisQuery>().notNull(),
    created: at('created').notNull().defaultNow(),
    modified: at('modified').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    deleted: at('deleted'),
  },
  (table) => [
    unique('saved_analyses_project_id').on(table.projectId, table.id),
    index('saved_analyses_project').on(table.projectId, table.name),
  ],
);

/** What analyses said when they were frozen in notes. Never changed. */
export const frozenAnalyses = pgTable(
  'frozen_analyses',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    noteId: uuid('note_id').notNull(),
    name: text().notNull(),
    query: jsonb().$type<AnalysisQuery>().notNull(),
    table: jsonb().$type<AnalysisTable>().notNull(),
    by: uuid()
      .notNull()
      .references(() => users.id),
    at: at('at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({ columns: [table.projectId, table.noteId], foreignColumns: [notes.projectId, notes.id] }),
    index('frozen_analyses_note').on(table.noteId),
  ],
);
