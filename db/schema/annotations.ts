import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
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
import type { Motivation } from '../../lib/annotations/annotation';
import type { StoredQuote } from '../../lib/annotations/quote';
import { codes, codeVersions } from './codebook';
import { passCoders, passes } from './passes';
import { users } from './people';
import { sources } from './sources';
import { speakers } from './speakers';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const annotations = pgTable(
  'annotations',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    version: integer().notNull(),
    creatorId: uuid('creator_id')
      .notNull()
      .references(() => users.id),
    motivation: text().$type<Motivation>().notNull(),
    /** UTF-16 units in the canonical text, end exclusive. */
    start: integer().notNull(),
    end: integer().notNull(),
    exact: text().notNull(),
    prefix: text().notNull(),
    suffix: text().notNull(),
    body: text(),
    quote: jsonb().$type<StoredQuote>(),
    /** Whom the quote was given to; another may stand for them by now (`speakers.root_id`). */
    speakerId: uuid('speaker_id'),
    /** What the source calls the speaker; shown by `db/quotes/quote-of.ts`, never of a protected one. */
    written: text().notNull().default(''),
    /** The pass it was made in. */
    passId: uuid('pass_id'),
    /** The named coder of the pass that it counts for, where that is not its creator. */
    coderId: uuid('coder_id'),
    /** Who alone may see it, as long as its pass is blind; null: everybody in the project. */
    seenBy: uuid('seen_by').array(),
    /** Whether it stands, stood or may stand on a protected passage of its source; a trigger says so. */
    closed: boolean().notNull().default(false),
    created: at('created').notNull().defaultNow(),
    modified: at('modified').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    deleted: at('deleted'),
  },
  (table) => [
    unique('annotations_project_id').on(table.projectId, table.id),
    foreignKey({
      columns: [table.projectId, table.sourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    foreignKey({
      columns: [table.projectId, table.speakerId],
      foreignColumns: [speakers.projectId, speakers.id],
    }),
    foreignKey({
      name: 'annotations_pass',
      columns: [table.projectId, table.passId],
      foreignColumns: [passes.projectId, passes.id],
    }),
    foreignKey({
      name: 'annotations_coder',
      columns: [table.passId, table.coderId],
      foreignColumns: [passCoders.passId, passCoders.id],
    }),
    check('annotations_seen_by', sql`${table.seenBy} is null or ${table.passId} is not null`),
    check('annotations_counts_for', sql`${table.coderId} is null or ${table.passId} is not null`),
    index('annotations_pass_source').on(table.passId, table.sourceId).where(sql`${table.passId} is not null`),
    index('annotations_deleted').on(table.projectId, table.id).where(sql`${table.deleted} is not null`),
    index('annotations_hidden').on(table.projectId, table.id).where(sql`${table.seenBy} is not null`),
    index('annotations_closed').on(table.projectId, table.sourceId).where(sql`${table.closed}`),
    index('annotations_speaker')
      .on(table.speakerId, table.id)
      .where(sql`${table.speakerId} is not null and ${table.deleted} is null`),
    index('annotations_quotes')
      .on(table.projectId, table.sourceId, table.start, table.id)
      .where(sql`${table.motivation} = 'quoting' and ${table.deleted} is null`),
    index('annotations_source').on(table.sourceId, table.start),
    index('annotations_project').on(table.projectId, table.id),
    index('annotations_creator')
      .on(table.projectId, table.creatorId, table.id)
      .where(sql`${table.deleted} is null`),
    index('annotations_motivation')
      .on(table.projectId, table.motivation, table.id)
      .where(sql`${table.deleted} is null`),
    check('annotations_span', sql`${table.start} >= 0 and ${table.end} > ${table.start}`),
  ],
);

/** A coding: an annotation whose body is a code, and the words of the code that it was made under. */
export const annotationCodes = pgTable(
  'annotation_codes',
  {
    projectId: uuid('project_id').notNull(),
    annotationId: uuid('annotation_id').notNull(),
    codeId: uuid('code_id').notNull(),
    /** Another code than `codeId` where the coding came by a merge or a split. */
    definitionCodeId: uuid('definition_code_id').notNull(),
    definitionVersion: integer('definition_version').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.annotationId, table.codeId] }),
    foreignKey({
      name: 'annotation_codes_definition',
      columns: [table.definitionCodeId, table.definitionVersion],
      foreignColumns: [codeVersions.codeId, codeVersions.version],
    }),
    foreignKey({
      columns: [table.projectId, table.annotationId],
      foreignColumns: [annotations.projectId, annotations.id],
    }),
    foreignKey({ columns: [table.projectId, table.codeId], foreignColumns: [codes.projectId, codes.id] }),
    index('annotation_codes_code').on(table.codeId, table.annotationId),
    // How often each code was put on is counted from here alone.
    index('annotation_codes_counted').on(
      table.projectId,
      table.codeId,
      table.definitionCodeId,
      table.definitionVersion,
    ),
  ],
);
