import { foreignKey, index, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import { annotations } from './annotations';
import { users } from './people';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const threads = pgTable(
  'threads',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    annotationId: uuid('annotation_id').notNull(),
    created: at('created').notNull().defaultNow(),
    resolved: at('resolved'),
    resolvedBy: uuid('resolved_by').references(() => users.id),
  },
  (table) => [
    unique('threads_project_id').on(table.projectId, table.id),
    foreignKey({
      columns: [table.projectId, table.annotationId],
      foreignColumns: [annotations.projectId, annotations.id],
    }),
    index('threads_annotation').on(table.annotationId),
  ],
);

export const comments = pgTable(
  'comments',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    threadId: uuid('thread_id').notNull(),
    creatorId: uuid('creator_id')
      .notNull()
      .references(() => users.id),
    text: text().notNull(),
    created: at('created').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      columns: [table.projectId, table.threadId],
      foreignColumns: [threads.projectId, threads.id],
    }),
    index('comments_thread').on(table.threadId, table.id),
  ],
);
