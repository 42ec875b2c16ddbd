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
import type { PassKind, Progress, RevealWhen } from '../../lib/passes/pass';
import { codes } from './codebook';
import { users } from './people';
import { projects } from './projects';
import { sources } from './sources';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const passes = pgTable(
  'passes',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    name: text().notNull(),
    kind: text().$type<PassKind>().notNull(),
    leadId: uuid('lead_id')
      .notNull()
      .references(() => users.id),
    /** A note of the project; one that was deleted keeps its row. */
    guidelineNoteId: uuid('guideline_note_id'),
    revealWhen: text('reveal_when').$type<RevealWhen>().notNull(),
    /** A day of the calendar, which begins in UTC. */
    revealOn: date('reveal_on', { mode: 'string' }),
    revealed: at('revealed'),
    revealedBy: uuid('revealed_by').references(() => users.id),
    creatorId: uuid('creator_id')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    modified: at('modified').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    deleted: at('deleted'),
  },
  (table) => [
    unique('passes_project_id').on(table.projectId, table.id),
    check('passes_reveal_on', sql`${table.revealWhen} <> 'on-date' or ${table.revealOn} is not null`),
    index('passes_hiding')
      .on(table.projectId)
      .where(sql`${table.kind} = 'blind' and ${table.revealed} is null`),
  ],
);

/** Who codes: a member, or a named coder. */
export const passCoders = pgTable(
  'pass_coders',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    passId: uuid('pass_id').notNull(),
    userId: uuid('user_id').references(() => users.id),
    /** What a named coder is called; a member is called by their own name. */
    name: text(),
    isExpert: boolean('is_expert').notNull().default(false),
    created: at('created').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: 'pass_coders_pass',
      columns: [table.projectId, table.passId],
      foreignColumns: [passes.projectId, passes.id],
    }),
    unique('pass_coders_pass_id').on(table.passId, table.id),
    unique('pass_coders_user').on(table.passId, table.userId),
    check('pass_coders_who', sql`(${table.userId} is null) <> (${table.name} is null)`),
  ],
);

export const passSources = pgTable(
  'pass_sources',
  {
    projectId: uuid('project_id').notNull(),
    passId: uuid('pass_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    /** Its turn among the others, from 0. */
    place: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.passId, table.sourceId] }),
    foreignKey({
      name: 'pass_sources_pass',
      columns: [table.projectId, table.passId],
      foreignColumns: [passes.projectId, passes.id],
    }),
    foreignKey({
      name: 'pass_sources_source',
      columns: [table.projectId, table.sourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
  ],
);

export const passCodes = pgTable(
  'pass_codes',
  {
    projectId: uuid('project_id').notNull(),
    passId: uuid('pass_id').notNull(),
    codeId: uuid('code_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.passId, table.codeId] }),
    foreignKey({
      name: 'pass_codes_pass',
      columns: [table.projectId, table.passId],
      foreignColumns: [passes.projectId, passes.id],
    }),
    foreignKey({
      name: 'pass_codes_code',
      columns: [table.projectId, table.codeId],
      foreignColumns: [codes.projectId, codes.id],
    }),
  ],
);

export const passAssignments = pgTable(
  'pass_assignments',
  {
    passId: uuid('pass_id').notNull(),
    coderId: uuid('coder_id').notNull(),
    sourceId: uuid('source_id').notNull(),
    state: text().$type<Progress>().notNull().default('not-started'),
    started: at('started'),
    done: at('done'),
  },
  (table) => [
    primaryKey({ columns: [table.passId, table.sourceId, table.coderId] }),
    foreignKey({
      name: 'pass_assignments_coder',
      columns: [table.passId, table.coderId],
      foreignColumns: [passCoders.passId, passCoders.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'pass_assignments_source',
      columns: [table.passId, table.sourceId],
      foreignColumns: [passSources.passId, passSources.sourceId],
    }).onDelete('cascade'),
  ],
);
