import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { annotations } from './annotations';
import { bytes } from './bytes';
import { users } from './people';
import { projects } from './projects';
import { sources } from './sources';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const notes = pgTable(
  'notes',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    sourceId: uuid('source_id'),
    title: text().notNull(),
    /** The plain text, written when the note comes to rest; for lists and search. */
    text: text().notNull().default(''),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    modified: at('modified').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    deleted: at('deleted'),
  },
  (table) => [
    unique('notes_project_id').on(table.projectId, table.id),
    foreignKey({
      columns: [table.projectId, table.sourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    index('notes_free')
      .on(table.projectId)
      .where(sql`${table.sourceId} is null and ${table.deleted} is null`),
    uniqueIndex('notes_of_source')
      .on(table.sourceId)
      .where(sql`${table.sourceId} is not null and ${table.deleted} is null`),
  ],
);

/**
 * The append-only log of a note: Yjs updates (version 1 encoding) in the order they were committed. A row holds
 * what came in within a few ms: one update as it is, or several as `lib/notes/update-pack` lays them out.
 */
export const noteUpdates = pgTable(
  'note_updates',
  {
    seq: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    projectId: uuid('project_id').notNull(),
    noteId: uuid('note_id').notNull(),
    update: bytes().notNull(),
    /** How many updates `update` holds. */
    entries: integer().notNull().default(1),
    /** Who made the one update; null when the program did, or when there are several. */
    userId: uuid('user_id').references(() => users.id),
    /** Who made the several, in the order their numbers stand for; null when there is one. */
    userIds: uuid('user_ids').array(),
    at: at('at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({ columns: [table.projectId, table.noteId], foreignColumns: [notes.projectId, notes.id] }),
    index('note_updates_note').on(table.noteId, table.seq),
  ],
);

/**
 * Whose the Yjs client ids of a note are: nobody writes under the id of another. A row comes with the log row that
 * first used the id, and stays when that is merged away. A trigger keeps an announced id with its user, and lets any
 * other be taken only from whom it is taken knowingly.
 */
export const noteClients = pgTable(
  'note_clients',
  {
    projectId: uuid('project_id').notNull(),
    noteId: uuid('note_id').notNull(),
    clientId: bigint('client_id', { mode: 'number' }).notNull(),
    /** Null when it is the program's own. */
    userId: uuid('user_id').references(() => users.id),
    /** The user's page said itself that it writes under this id, not only that it has something of it. */
    announced: boolean().notNull(),
    /** The user it was taken from, who had only passed on what it carries; null when it was nobody's. */
    takenFrom: uuid('taken_from').references(() => users.id),
    /** The log row that first used it, or took it. */
    seq: bigint({ mode: 'number' }).notNull(),
    at: at('at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.noteId, table.clientId] }),
    foreignKey({ columns: [table.projectId, table.noteId], foreignColumns: [notes.projectId, notes.id] }),
  ],
);

/** The whole note as one Yjs update; the log rows it was made of are gone. */
export const noteSnapshots = pgTable(
  'note_snapshots',
  {
    noteId: uuid('note_id').primaryKey(),
    projectId: uuid('project_id').notNull(),
    /** The newest log row that is in it. */
    seq: bigint({ mode: 'number' }).notNull(),
    state: bytes().notNull(),
    /** Made when `state` was looked over by the rules for notes, from both: one that does not fit is looked over again. */
    mark: bytes(),
    at: at('at').notNull().defaultNow(),
  },
  (table) => [
    foreignKey({ columns: [table.projectId, table.noteId], foreignColumns: [notes.projectId, notes.id] }),
  ],
);

/**
 * Logs that were found to be damaged and replaced, snapshot and rows as they were, for whoever wants to know what
 * happened. Nothing reads them.
 */
export const noteLogsSetAside = pgTable(
  'note_logs_set_aside',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    projectId: uuid('project_id').notNull(),
    noteId: uuid('note_id').notNull(),
    kind: text({ enum: ['snapshot', 'update'] }).notNull(),
    /** The number that the row had in the log, or the newest one in the snapshot. */
    seq: bigint({ mode: 'number' }).notNull(),
    bytes: bytes().notNull(),
    entries: integer().notNull(),
    userId: uuid('user_id').references(() => users.id),
    userIds: uuid('user_ids').array(),
    /** When it was written. */
    at: at('at').notNull(),
    setAside: at('set_aside').notNull().defaultNow(),
    setAsideBy: uuid('set_aside_by')
      .notNull()
      .references(() => users.id),
  },
  (table) => [
    foreignKey({ columns: [table.projectId, table.noteId], foreignColumns: [notes.projectId, notes.id] }),
    index('note_logs_set_aside_note').on(table.noteId, table.id),
  ],
);

/** Which annotations stand as quote chips in which notes; rewritten when a note comes to rest. */
/** How often each person is named in a note by `@`, as of its last rest: whoever is named more often than that is told. */
export const noteMentions = pgTable(
  'note_mentions',
  {
    projectId: uuid('project_id').notNull(),
    noteId: uuid('note_id').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    count: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.noteId, table.userId] }),
    foreignKey({ columns: [table.projectId, table.noteId], foreignColumns: [notes.projectId, notes.id] }),
  ],
);

export const noteChips = pgTable(
  'note_chips',
  {
    projectId: uuid('project_id').notNull(),
    noteId: uuid('note_id').notNull(),
    annotationId: uuid('annotation_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.noteId, table.annotationId] }),
    foreignKey({ columns: [table.projectId, table.noteId], foreignColumns: [notes.projectId, notes.id] }),
    foreignKey({
      columns: [table.projectId, table.annotationId],
      foreignColumns: [annotations.projectId, annotations.id],
    }),
    index('note_chips_annotation').on(table.annotationId),
  ],
);
