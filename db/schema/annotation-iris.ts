import { foreignKey, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { annotations } from './annotations';

/** The IRIs that programs of others know an annotation by: kept as they came, and never changed. */
export const annotationIris = pgTable(
  'annotation_iris',
  {
    annotationId: uuid('annotation_id').primaryKey(),
    projectId: uuid('project_id').notNull(),
    canonical: text(),
    via: text().array().notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.projectId, table.annotationId],
      foreignColumns: [annotations.projectId, annotations.id],
    }),
  ],
);
