import { sql } from 'drizzle-orm';
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { How, ResponseHeaders } from '../../lib/sources/version';
import { users } from './people';
import { projects } from './projects';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const sources = pgTable(
  'sources',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    title: text().notNull(),
    byline: text(),
    siteName: text('site_name'),
    publishedAt: text('published_at'),
    language: text(),
    url: text(),
    canonicalUrl: text('canonical_url'),
    version: integer().notNull().default(1),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    modified: at('modified').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    deleted: at('deleted'),
  },
  (table) => [
    unique('sources_project_id').on(table.projectId, table.id),
    index('sources_standing').on(table.projectId).where(sql`${table.deleted} is null`),
  ],
);

/** One immutable version of a source. A trigger refuses every update. */
export const sourceTexts = pgTable(
  'source_texts',
  {
    projectId: uuid('project_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    version: integer().notNull(),
    /** SHA-256 of `text` in UTF-8, hexadecimal. */
    hash: text().notNull(),
    html: text().notNull(),
    text: text().notNull(),
    /** UTF-16 units. */
    length: integer().notNull(),
    created: at('created').notNull().defaultNow(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => users.id),
    /** How it came in; null where an older program did not keep it. */
    how: text().$type<How>(),
    /** Where the last redirect led, when it was fetched. */
    finalUrl: text('final_url'),
    /** The headers of the answer that `lib/sources/version.ts` names. */
    responseHeaders: jsonb('response_headers').$type<ResponseHeaders>(),
    /** How that begins which was left out of what came in; null when nothing was. */
    trimmedFrom: text('trimmed_from'),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.version] }),
    foreignKey({
      columns: [table.projectId, table.sourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    index('source_texts_hash').on(table.projectId, table.hash),
  ],
);
