import { sql } from 'drizzle-orm';
import {
  bigint,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Delivery, Disabled } from '../../lib/webhooks/webhook';
import { users } from './people';
import { projects } from './projects';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const webhooks = pgTable(
  'webhooks',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    makerId: uuid('maker_id')
      .notNull()
      .references(() => users.id),
    url: text().notNull(),
    events: text().array().notNull(),
    /** Sealed with the instance's secret (`server/webhooks/seal.ts`). */
    secret: text().notNull(),
    /** The newest event of the log that was looked at. */
    cursor: bigint({ mode: 'number' }).notNull(),
    created: at('created').notNull().defaultNow(),
    modified: at('modified').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    deleted: at('deleted'),
    disabled: at('disabled'),
    disabledBecause: text('disabled_because').$type<Disabled>(),
    failingSince: at('failing_since'),
    /** Of whoever looks through the log for it. */
    lease: uuid(),
    leasedUntil: at('leased_until'),
  },
  (table) => [
    unique('webhooks_project_id').on(table.projectId, table.id),
    index('webhooks_active')
      .on(table.projectId)
      .where(sql`${table.deleted} is null and ${table.disabled} is null`),
  ],
);

/** What each webhook is told: a row is one message, whichever process sends it. Its words are made anew at each try. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    /** In the order of the log. */
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    webhookId: uuid('webhook_id').notNull(),
    eventId: bigint('event_id', { mode: 'number' }),
    type: text().notNull(),
    created: at('created').notNull().defaultNow(),
    state: text().$type<Delivery['state']>().notNull().default('waiting'),
    attempts: integer().notNull().default(0),
    due: at('due').notNull().defaultNow(),
    lease: uuid(),
    leasedUntil: at('leased_until'),
    at: at('at'),
    tookMs: integer('took_ms'),
    status: integer(),
    answer: text(),
    error: text(),
  },
  (table) => [
    foreignKey({
      name: 'webhook_deliveries_webhook',
      columns: [table.projectId, table.webhookId],
      foreignColumns: [webhooks.projectId, webhooks.id],
    }),
    unique('webhook_deliveries_once').on(table.webhookId, table.eventId),
    index('webhook_deliveries_listed').on(table.webhookId, table.id),
    index('webhook_deliveries_due').on(table.due).where(sql`${table.state} = 'waiting'`),
  ],
);
