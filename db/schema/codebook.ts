import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { users } from './people';
import { projects } from './projects';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const codes = pgTable(
  'codes',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    name: text().notNull(),
    colour: text().notNull(),
    definition: text().notNull().default(''),
    whenToUse: text('when_to_use').notNull().default(''),
    whenNot: text('when_not').notNull().default(''),
    parentId: uuid('parent_id').references((): AnyPgColumn => codes.id),
    rank: text().notNull(),
    exampleIds: uuid('example_ids').array().notNull().default(sql`'{}'`),
    memoNoteId: uuid('memo_note_id'),
    definitionVersion: integer('definition_version').notNull().default(1),
    mergedInto: uuid('merged_into').references((): AnyPgColumn => codes.id),
    splitFrom: uuid('split_from').references((): AnyPgColumn => codes.id),
    created: at('created').notNull().defaultNow(),
    modified: at('modified').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    deleted: at('deleted'),
  },
  (table) => [
    unique('codes_project_id').on(table.projectId, table.id),
    /** No two codes stand at the same place. */
    uniqueIndex('codes_place')
      .on(
        table.projectId,
        sql`coalesce(${table.parentId}, '00000000-0000-0000-0000-000000000000'::uuid)`,
        table.rank,
      )
      .where(sql`${table.deleted} is null`),
  ],
);

/** What a code meant from one change of its words to the next; written once. */
export const codeVersions = pgTable(
  'code_versions',
  {
    projectId: uuid('project_id').notNull(),
    codeId: uuid('code_id').notNull(),
    version: integer().notNull(),
    name: text().notNull(),
    definition: text().notNull(),
    whenToUse: text('when_to_use').notNull(),
    whenNot: text('when_not').notNull(),
    at: at('at').notNull().defaultNow(),
    byId: uuid('by_id').references(() => users.id),
  },
  (table) => [
    primaryKey({ columns: [table.codeId, table.version] }),
    foreignKey({ columns: [table.projectId, table.codeId], foreignColumns: [codes.projectId, codes.id] }),
  ],
);

/** A merge (`codeId` went into `otherId`), a split (`codeId` was made from `otherId`) or a deletion, kept so that it can be undone. */
export const codeDeeds = pgTable(
  'code_deeds',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    kind: text().$type<'merge' | 'split' | 'delete'>().notNull(),
    codeId: uuid('code_id').notNull(),
    otherId: uuid('other_id'),
    /** The codes that stood under it, where they stood, and the code they were put under. */
    children: jsonb().$type<{ id: string; rank: string; to: string | null }[]>().notNull(),
    byId: uuid('by_id')
      .notNull()
      .references(() => users.id),
    at: at('at').notNull().defaultNow(),
    undone: at('undone'),
  },
  (table) => [
    foreignKey({ columns: [table.projectId, table.codeId], foreignColumns: [codes.projectId, codes.id] }),
    index('code_deeds_code').on(table.codeId, table.at),
  ],
);

/** A coding that went over with a merge or a split, as it was before. */
export const codeDeedCodings = pgTable(
  'code_deed_codings',
  {
    deedId: uuid('deed_id')
      .notNull()
      .references(() => codeDeeds.id),
    annotationId: uuid('annotation_id').notNull(),
    definitionCodeId: uuid('definition_code_id').notNull(),
    definitionVersion: integer('definition_version').notNull(),
    /** The passage had the other code already. */
    hadBoth: boolean('had_both').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deedId, table.annotationId] })],
);
