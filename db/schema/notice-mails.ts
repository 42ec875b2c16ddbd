import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { users } from './people';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** How a person wants to be told by mail; nobody has a row before they change something. */
export const noticeSettings = pgTable('notice_settings', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id),
  /** By kind of notice: at once, daily, none. A kind that is not named has its default. */
  mail: jsonb().notNull(),
  /** When the daily mail comes, in hours of the person's own day. */
  hour: integer().notNull(),
  timeZone: text('time_zone').notNull(),
});

/** Mails about notices that are to be sent: a row is one mail, whichever process sends it. */
export const noticeMails = pgTable(
  'notice_mails',
  {
    id: uuid().primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    kind: text().$type<'at-once' | 'daily'>().notNull(),
    noticeIds: uuid('notice_ids').array().notNull(),
    due: at('due').notNull(),
    /** How often a process took it up. */
    attempts: integer().notNull().default(0),
    lease: uuid(),
    leasedUntil: at('leased_until'),
    /** When it was sent, or found to have nothing to say any more. */
    done: at('done'),
    /** When it was given up: the mail server would not have it, however often it was asked. */
    gaveUp: at('gave_up'),
  },
  (table) => [
    uniqueIndex('notice_mails_daily')
      .on(table.userId, table.due)
      .where(sql`${table.kind} = 'daily' and ${table.attempts} = 0`),
    index('notice_mails_due').on(table.due).where(sql`${table.done} is null and ${table.gaveUp} is null`),
  ],
);
