import { sql } from 'drizzle-orm';
import { boolean, foreignKey, index, integer, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';
import { users } from './people';
import { sources } from './sources';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** What protects a source, and from whom not: the owners of its project are never kept out. */
export const sourceProtections = pgTable(
  'source_protections',
  {
    sourceId: uuid('source_id').primaryKey(),
    projectId: uuid('project_id').notNull(),
    /** By the clock of the database; null without an embargo. It ends by itself. */
    embargoUntil: at('embargo_until'),
    /** Whether the file it was read from is closed to others. */
    file: boolean().notNull().default(false),
    /** The members named. */
    visibleTo: uuid('named_ids').array().notNull().default(sql`'{}'`),
    setBy: uuid('set_by')
      .notNull()
      .references(() => users.id),
    modified: at('modified').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    /** The embargo of which open pages were told that it is over. */
    toldOver: at('told_over'),
  },
  (table) => [
    foreignKey({
      columns: [table.projectId, table.sourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    index('source_protections_project').on(table.projectId),
    index('source_protections_embargo').on(table.embargoUntil).where(sql`${table.embargoUntil} is not null`),
  ],
);
