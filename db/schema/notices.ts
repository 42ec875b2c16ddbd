import { foreignKey, index, integer, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core';
import type { NoticeKind } from '../../lib/notices/notice';
import { decisions } from './decisions';
import { followUps } from './follow-ups';
import { users } from './people';
import { projects } from './projects';
import { sources } from './sources';
import { threads } from './threads';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** What one person is told. Which of it they may see is judged when they look. */
export const notices = pgTable(
  'notices',
  {
    /** In the order they were made. */
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    kind: text().$type<NoticeKind>().notNull(),
    sourceId: uuid('source_id'),
    version: integer(),
    /** The marks it is about. */
    annotationIds: uuid('annotation_ids').array().notNull().default([]),
    /** The person's notes that hold some of these marks. */
    noteIds: uuid('note_ids').array().notNull().default([]),
    /** The claims of the person that rest on some of these marks. */
    claimIds: uuid('claim_ids').array().notNull().default([]),
    /** The follow-up it is about. */
    followUpId: uuid('follow_up_id'),
    /** The decision it is about. */
    decisionId: uuid('decision_id').references(() => decisions.id),
    /** The thread and the comment it is about. */
    threadId: uuid('thread_id'),
    commentId: uuid('comment_id'),
    /** Who did it, where somebody did. */
    byId: uuid('by_id').references(() => users.id),
    created: at('created').notNull().defaultNow(),
    seen: at('seen'),
  },
  (table) => [
    foreignKey({
      columns: [table.projectId, table.sourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    foreignKey({
      columns: [table.projectId, table.followUpId],
      foreignColumns: [followUps.projectId, followUps.id],
    }),
    unique('notices_once').on(table.userId, table.kind, table.sourceId, table.version),
    foreignKey({
      columns: [table.projectId, table.threadId],
      foreignColumns: [threads.projectId, threads.id],
    }),
    index('notices_user').on(table.userId, table.id),
  ],
);
