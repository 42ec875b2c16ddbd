import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type { TargetOutcome, TargetState } from '../../lib/annotations/anchoring';
import { annotations } from './annotations';
import { users } from './people';
import { sourceTexts } from './sources';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/**
 * Where each annotation stands in each version from the one it was made in on. The row of the source's current version
 * always exists, and has a place exactly when the annotation's own `version` is that one.
 */
export const annotationTargets = pgTable(
  'annotation_targets',
  {
    projectId: uuid('project_id').notNull(),
    annotationId: uuid('annotation_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    version: integer().notNull(),
    /** UTF-16 units in that version's canonical text, end exclusive; null, with the words, where it has no place. */
    start: integer(),
    end: integer(),
    exact: text(),
    prefix: text(),
    suffix: text(),
    outcome: text().$type<TargetOutcome>().notNull(),
    score: real().notNull(),
    reason: text().notNull(),
    /** What the engine proposed: where it put the mark, or places that may be meant, the likeliest first. */
    candidates: jsonb().$type<{ start: number; end: number; score: number }[]>().notNull().default([]),
    state: text().$type<TargetState>().notNull(),
    was: text(),
    changedIn: integer('changed_in'),
    decidedBy: uuid('decided_by').references(() => users.id),
    decidedAt: at('decided_at'),
    revision: integer().notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.annotationId, table.version] }),
    foreignKey({
      columns: [table.projectId, table.annotationId],
      foreignColumns: [annotations.projectId, annotations.id],
    }),
    foreignKey({
      columns: [table.sourceId, table.version],
      foreignColumns: [sourceTexts.sourceId, sourceTexts.version],
    }),
    index('annotation_targets_source').on(table.sourceId, table.version, table.state),
    check(
      'annotation_targets_place',
      sql`(${table.start} is null) = (${table.end} is null) and (${table.start} is null) = (${table.exact} is null) and (${table.start} is null or ${table.end} > ${table.start})`,
    ),
  ],
);
