import { sql } from 'drizzle-orm';
import {
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
import type { Variable, VariableKind } from '../../lib/variables/variable';
import { users } from './people';
import { projects } from './projects';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** What sources or speakers of a project can have a value of. */
export const variables = pgTable(
  'variables',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    of: text().$type<Variable['of']>().notNull(),
    name: text().notNull(),
    kind: text().$type<VariableKind>().notNull(),
    choices: text().array().notNull().default(sql`'{}'`),
    creatorId: uuid('creator_id')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    modified: at('modified').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    deleted: at('deleted'),
  },
  (table) => [unique('variables_project_id').on(table.projectId, table.id)],
);

/** What a source or a speaker, of whichever table the variable is, has of a variable. */
export const variableValues = pgTable(
  'variable_values',
  {
    projectId: uuid('project_id').notNull(),
    variableId: uuid('variable_id').notNull(),
    subjectId: uuid('subject_id').notNull(),
    value: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.variableId, table.subjectId] }),
    foreignKey({
      columns: [table.projectId, table.variableId],
      foreignColumns: [variables.projectId, variables.id],
    }),
    index('variable_values_subject').on(table.subjectId),
  ],
);
