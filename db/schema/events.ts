import { sql } from 'drizzle-orm';
import { bigint, index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** The one log: live feed, audit and cursor. A trigger refuses update and delete. */
export const events = pgTable(
  'events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    projectId: uuid('project_id').notNull(),
    type: text().notNull(),
    subjectId: uuid('subject_id').notNull(),
    actorId: uuid('actor_id'),
    actorName: text('actor_name').notNull(),
    subject: jsonb().notNull(),
    at: at('at').notNull().defaultNow(),
    ip: text(),
  },
  (table) => [
    index('events_project').on(table.projectId, table.id),
    // The noun that an event is about: activity of one kind.
    index('events_noun').on(table.projectId, sql`split_part(${table.type}, '.', 1)`, table.id),
    index('events_actor').on(table.projectId, table.actorId, table.id),
  ],
);

/** What concerns an account and no project: sign-ins, refused sign-ins, tokens. Append-only as well. */
export const accountEvents = pgTable('account_events', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  type: text().notNull(),
  userId: uuid('user_id'),
  details: jsonb().notNull(),
  at: at('at').notNull().defaultNow(),
  ip: text(),
});
