import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Role, TeamRole } from '../../lib/access/roles';
import type { OwnLimits } from '../../lib/projects/usage';
import { users } from './people';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const teams = pgTable('teams', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  created: at('created').notNull().defaultNow(),
});

export const teamMembers = pgTable(
  'team_members',
  {
    teamId: uuid('team_id')
      .notNull()
      .references(() => teams.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    role: text().$type<TeamRole>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.userId] }),
    index('team_members_user').on(table.userId),
  ],
);

export const projects = pgTable('projects', {
  id: uuid().primaryKey(),
  teamId: uuid('team_id')
    .notNull()
    .references(() => teams.id),
  name: text().notNull(),
  created: at('created').notNull().defaultNow(),
  deleted: at('deleted'),
  /** Since when what it held is being removed for good: it can't be restored any more. */
  ending: at('ending'),
  /** Since when it can be read only. */
  archived: at('archived'),
  /** Whether readers may comment. */
  readersComment: boolean('readers_comment').notNull().default(false),
  /** Whether only members with a second factor may open it. */
  secondFactor: boolean('second_factor').notNull().default(false),
});

/** What a project holds that is too much to be counted each time, and what it may hold. A trigger makes it with its project. */
export const projectUsage = pgTable('project_usage', {
  projectId: uuid('project_id')
    .primaryKey()
    .references(() => projects.id),
  /** Marks that are not deleted, hidden ones too. Whoever changes it holds the project's lock. */
  annotations: integer().notNull().default(0),
  /** What an operator set in place of the limits of the instance. */
  limits: jsonb().$type<OwnLimits>().notNull().default({}),
});

export const projectMembers = pgTable(
  'project_members',
  {
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    role: text().$type<Role>().notNull(),
    joined: at('joined').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.userId] }),
    index('project_members_user').on(table.userId),
    check('project_members_role', sql`${table.role} in ('owner','editor','annotator','reader')`),
  ],
);

export const invitations = pgTable(
  'invitations',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    role: text().$type<Role>().notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    expires: at('expires').notNull(),
    maxUses: integer('max_uses').notNull(),
    uses: integer().notNull().default(0),
    revoked: at('revoked'),
  },
  (table) => [index('invitations_project').on(table.projectId)],
);
