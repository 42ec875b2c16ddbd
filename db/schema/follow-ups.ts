import { sql } from 'drizzle-orm';
import {
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { FollowUpKind, FollowUpState, Raiser } from '../../lib/follow-ups/follow-up';
import { users } from './people';
import { projects } from './projects';
import { sources } from './sources';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const followUps = pgTable(
  'follow_ups',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    kind: text().$type<FollowUpKind>().notNull(),
    wording: text().notNull(),
    details: text().notNull().default(''),
    ownerId: uuid('owner_id').references(() => users.id),
    /** A day of the calendar: no zone is in it. */
    due: date({ mode: 'string' }),
    state: text().$type<FollowUpState>().notNull().default('open'),
    /** What raised it, of whatever table: what is deleted there keeps its row. */
    raisedBy: text('raised_by').$type<Raiser>(),
    raisedById: uuid('raised_by_id'),
    raisedSourceId: uuid('raised_source_id'),
    raisedAnnotationId: uuid('raised_annotation_id'),
    raisedQuote: text('raised_quote'),
    place: text().notNull(),
    creatorId: uuid('creator_id')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    modified: at('modified').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    deleted: at('deleted'),
    /** The due day that its owner was told of. */
    toldDue: date('told_due', { mode: 'string' }),
  },
  (table) => [
    unique('follow_ups_project_id').on(table.projectId, table.id),
    foreignKey({
      columns: [table.projectId, table.raisedSourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    check(
      'follow_ups_raised',
      sql`(${table.raisedBy} is null) = (${table.raisedById} is null) and (${table.raisedBy} is null) = (${table.raisedQuote} is null)`,
    ),
    index('follow_ups_project').on(table.projectId, table.id).where(sql`${table.deleted} is null`),
    index('follow_ups_due')
      .on(table.due)
      .where(
        sql`${table.deleted} is null and ${table.ownerId} is not null and ${table.state} in ('open', 'doing')`,
      ),
  ],
);
