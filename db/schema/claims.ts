import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Reliability } from '../../lib/claims/admiralty';
import type { Confidence, Stance } from '../../lib/claims/claim';
import type { ClaimStatus } from '../../lib/claims/status';
import { annotations } from './annotations';
import { users } from './people';
import { projects } from './projects';
import { sources } from './sources';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const claims = pgTable(
  'claims',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    wording: text().notNull(),
    /** The key of a status of the project. */
    status: text().notNull(),
    confidence: text().$type<Confidence>(),
    ownerId: uuid('owner_id').references(() => users.id),
    due: date({ mode: 'string' }),
    tags: text().array().notNull().default([]),
    creatorId: uuid('creator_id')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    modified: at('modified').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    deleted: at('deleted'),
    signedOffBy: uuid('signed_off_by').references(() => users.id),
    signedOffAt: at('signed_off_at'),
    /** The revision that was checked. */
    signedOffRevision: integer('signed_off_revision'),
    reopenedAt: at('reopened_at'),
    /** The version of a source that touched a passage the claim rests on. */
    reopenedSourceId: uuid('reopened_source_id'),
    reopenedVersion: integer('reopened_version'),
  },
  (table) => [
    unique('claims_project_id').on(table.projectId, table.id),
    foreignKey({
      columns: [table.projectId, table.reopenedSourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    check(
      'claims_signed_off',
      sql`(${table.signedOffBy} is null) = (${table.signedOffAt} is null) and (${table.signedOffBy} is null) = (${table.signedOffRevision} is null)`,
    ),
    check(
      'claims_reopened',
      sql`(${table.reopenedAt} is null) = (${table.reopenedSourceId} is null) and (${table.reopenedAt} is null) = (${table.reopenedVersion} is null)`,
    ),
  ],
);

/** A passage brought to a claim. */
export const evidence = pgTable(
  'evidence',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    claimId: uuid('claim_id').notNull(),
    annotationId: uuid('annotation_id').notNull(),
    stance: text().$type<Stance>().notNull(),
    reliability: text().$type<Reliability>(),
    credibility: integer(),
    note: text(),
    creatorId: uuid('creator_id')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    revision: integer().notNull().default(1),
  },
  (table) => [
    unique('evidence_once').on(table.claimId, table.annotationId),
    foreignKey({ columns: [table.projectId, table.claimId], foreignColumns: [claims.projectId, claims.id] }),
    foreignKey({
      columns: [table.projectId, table.annotationId],
      foreignColumns: [annotations.projectId, annotations.id],
    }),
    index('evidence_annotation').on(table.annotationId),
  ],
);

/** The statuses of a project that has set its own; one that has not has no rows and the defaults. */
export const claimStatuses = pgTable(
  'claim_statuses',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    key: text().notNull(),
    name: text().notNull(),
    colour: text().$type<ClaimStatus['colour']>().notNull(),
    order: integer().notNull(),
    isOpen: boolean('is_open').notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.key] })],
);

/** A source (`sourceId`) takes its facts from another (`originId`). Circles are let in, and called out where they count. */
export const sourceOrigins = pgTable(
  'source_origins',
  {
    projectId: uuid('project_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    originId: uuid('origin_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sourceId, table.originId] }),
    foreignKey({
      columns: [table.projectId, table.sourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    foreignKey({
      columns: [table.projectId, table.originId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    check('source_origins_another', sql`${table.sourceId} <> ${table.originId}`),
  ],
);
