import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { PdfPlaces } from '../../lib/sources/pdf-places';
import { bytes } from './bytes';
import { sources, sourceTexts } from './sources';

/** The file that a version of a source was read from, as it came, where its pages can be shown. A trigger refuses every update. */
export const sourceFiles = pgTable(
  'source_files',
  {
    projectId: uuid('project_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    version: integer().notNull(),
    contentType: text('content_type').notNull(),
    /** SHA-256 of `bytes`, hexadecimal. */
    hash: text().notNull(),
    /** Bytes. */
    size: integer().notNull(),
    bytes: bytes().notNull(),
    /** Where the version's text stands on the file's pages. */
    places: jsonb().notNull().$type<PdfPlaces>(),
    /** Where the text of each page begins (UTF-16 units). */
    pageStarts: integer('page_starts').array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.version] }),
    // How many bytes a project keeps is read from here alone.
    index('source_files_sizes').on(table.projectId, table.size),
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
