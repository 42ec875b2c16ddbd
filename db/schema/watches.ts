import { foreignKey, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { CheckResult, Interval, StopReason } from '../../lib/sources/watch';
import { users } from './people';
import { sources } from './sources';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Sources whose page is looked at from time to time. */
export const sourceWatches = pgTable(
  'source_watches',
  {
    sourceId: uuid('source_id').primaryKey(),
    projectId: uuid('project_id').notNull(),
    every: text().$type<Interval>().notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    /** Null when it has stopped. */
    nextCheck: at('next_check'),
    lastChecked: at('last_checked'),
    lastResult: text('last_result').$type<CheckResult>(),
    failures: integer().notNull().default(0),
    refusals: integer().notNull().default(0),
    stoppedBecause: text('stopped_because').$type<StopReason>(),
    /**
     * SHA-256, hexadecimal, of the article as it was last read, and behind a space of all that the page said; an older program kept the
     * first alone. Null before the first look.
     */
    seenHash: text('seen_hash'),
    /** When the page was last read whole. */
    lastRead: at('last_read'),
    /** What the page came with when it was last read, and the address that said so. */
    etag: text(),
    lastModified: text('last_modified'),
    readFrom: text('read_from'),
    /** Who looks at the page right now, and until when they are believed to. */
    lease: uuid(),
    leasedUntil: at('leased_until'),
    revision: integer().notNull().default(1),
  },
  (table) => [
    foreignKey({
      columns: [table.projectId, table.sourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    index('source_watches_due').on(table.nextCheck),
  ],
);

/** Sites that watches ask: when each may be asked again, by whichever process. */
export const watchHosts = pgTable('watch_hosts', {
  /** Name and port, as a URL has them. */
  host: text().primaryKey(),
  freeAt: at('free_at').notNull(),
});
