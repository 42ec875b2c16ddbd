import { bigint, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core';
import { users } from './people';
import { projects } from './projects';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** How far a member has seen the log of a project, and how far they had when they came this time. */
export const projectVisits = pgTable(
  'project_visits',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    /** The newest event when they last left, and when that was. */
    seenEvent: bigint('seen_event', { mode: 'number' }).notNull(),
    seenAt: at('seen_at').notNull(),
    /** The same of the visit before: a page loaded again is no new visit. */
    sinceEvent: bigint('since_event', { mode: 'number' }),
    sinceAt: at('since_at'),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.userId] })],
);
