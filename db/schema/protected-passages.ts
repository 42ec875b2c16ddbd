import { foreignKey, index, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { users } from './people';
import { sourceProtections } from './source-protections';
import { sources, sourceTexts } from './sources';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** A passage of a source that only those read who are named in its protection, and the owners. */
export const protectedPassages = pgTable(
  'protected_passages',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    /** Has a protection, which says who is named: without one nobody could tell who may read. */
    sourceId: uuid('source_id')
      .notNull()
      .references(() => sourceProtections.sourceId),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      columns: [table.projectId, table.sourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    index('protected_passages_source').on(table.sourceId),
  ],
);

/** Where a passage stands in a version; without a row of it the whole version is withheld from those who are not named. */
export const protectedPlaces = pgTable(
  'protected_places',
  {
    projectId: uuid('project_id').notNull(),
    passageId: uuid('passage_id')
      .notNull()
      .references(() => protectedPassages.id, { onDelete: 'cascade' }),
    sourceId: uuid('source_id').notNull(),
    version: integer().notNull(),
    /** UTF-16 units in the canonical text, end exclusive; null where somebody said that it is not in this version. */
    start: integer(),
    end: integer(),
    /** Who said so; null where it was found again. */
    decidedBy: uuid('decided_by').references(() => users.id),
  },
  (table) => [
    primaryKey({ columns: [table.passageId, table.version] }),
    foreignKey({
      columns: [table.sourceId, table.version],
      foreignColumns: [sourceTexts.sourceId, sourceTexts.version],
    }),
    foreignKey({
      columns: [table.projectId, table.sourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    index('protected_places_source').on(table.sourceId, table.version),
  ],
);

/** A version with its protected passages blacked out, of the same length: what is read by those who are not named, and found. */
export const redactedTexts = pgTable(
  'redacted_texts',
  {
    projectId: uuid('project_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    version: integer().notNull(),
    text: text().notNull(),
    html: text().notNull(),
    /** SHA-256 of `text` in UTF-8, hexadecimal: that of the whole text would let words be guessed. */
    hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.version] }),
    foreignKey({
      columns: [table.sourceId, table.version],
      foreignColumns: [sourceTexts.sourceId, sourceTexts.version],
    }),
    foreignKey({
      columns: [table.projectId, table.sourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
  ],
);
