import { sql } from 'drizzle-orm';
import {
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AgreementRecord, DisputedCoding, Outcome } from '../../lib/adjudication/decision';
import { codes } from './codebook';
import { passes } from './passes';
import { users } from './people';
import { sources } from './sources';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const decisions = pgTable(
  'decisions',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    passId: uuid('pass_id').notNull(),
    /** A digest of the codings that it is between. */
    key: text().notNull(),
    sourceId: uuid('source_id').notNull(),
    version: integer().notNull(),
    start: integer().notNull(),
    end: integer().notNull(),
    /** The codings as they were: what coders do to their marks later changes no record. */
    codings: jsonb().$type<DisputedCoding[]>().notNull(),
    outcome: text().$type<Outcome>().notNull(),
    why: text().notNull().default(''),
    /** A thread keeps its row. */
    threadId: uuid('thread_id'),
    byId: uuid('by_id')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    undone: at('undone'),
  },
  (table) => [
    foreignKey({
      name: 'decisions_pass',
      columns: [table.projectId, table.passId],
      foreignColumns: [passes.projectId, passes.id],
    }),
    foreignKey({
      name: 'decisions_source',
      columns: [table.projectId, table.sourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    // Of two adjudicators the second finds that it is decided.
    uniqueIndex('decisions_once').on(table.passId, table.key).where(sql`${table.undone} is null`),
  ],
);

/** What a decision makes hold. */
export const goldCodings = pgTable(
  'gold_codings',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decisions.id),
    codeId: uuid('code_id').notNull(),
    /** The version of the source that the span counts in: it is carried on where that is certain. */
    version: integer().notNull(),
    start: integer().notNull(),
    end: integer().notNull(),
    exact: text().notNull(),
  },
  (table) => [
    foreignKey({
      name: 'gold_codings_code',
      columns: [table.projectId, table.codeId],
      foreignColumns: [codes.projectId, codes.id],
    }),
    index('gold_codings_decision').on(table.decisionId),
  ],
);

export const objections = pgTable(
  'objections',
  {
    id: uuid().primaryKey(),
    decisionId: uuid('decision_id')
      .notNull()
      .references(() => decisions.id),
    text: text().notNull(),
    byId: uuid('by_id')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    settled: at('settled'),
    settledBy: uuid('settled_by').references(() => users.id),
  },
  (table) => [index('objections_decision').on(table.decisionId)],
);

/** How far the coders of a pass agreed before anything was decided, and whenever all was. */
export const passAgreements = pgTable(
  'pass_agreements',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    passId: uuid('pass_id').notNull(),
    moment: text().$type<AgreementRecord['moment']>().notNull(),
    at: at('at').notNull().defaultNow(),
    decided: integer().notNull(),
    of: integer().notNull(),
    figures: jsonb().$type<AgreementRecord['figures']>().notNull(),
  },
  (table) => [
    foreignKey({
      name: 'pass_agreements_pass',
      columns: [table.projectId, table.passId],
      foreignColumns: [passes.projectId, passes.id],
    }),
    index('pass_agreements_pass_at').on(table.passId, table.at),
  ],
);
