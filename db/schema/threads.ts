import { sql } from 'drizzle-orm';
import {
  check,
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
import type { Verdict } from '../../lib/guests/verdict';
import type { ReactionSign } from '../../lib/threads/thread';
import { annotations } from './annotations';
import { claims } from './claims';
import { codes } from './codebook';
import { guests } from './guests';
import { notes } from './notes';
import { users } from './people';
import { sources } from './sources';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Discussions. The pointer in a note's text is a mark with the id; what was said stands here alone. */
export const threads = pgTable(
  'threads',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    annotationId: uuid('annotation_id'),
    claimId: uuid('claim_id'),
    codeId: uuid('code_id'),
    noteId: uuid('note_id'),
    /** The source it stands beside: an annotation's, a note's, or the one it is about itself. */
    sourceId: uuid('source_id'),
    passage: text(),
    assigneeId: uuid('assignee_id').references(() => users.id),
    created: at('created').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    resolved: at('resolved'),
    resolvedBy: uuid('resolved_by').references(() => users.id),
  },
  (table) => [
    unique('threads_project_id').on(table.projectId, table.id),
    foreignKey({
      columns: [table.projectId, table.annotationId],
      foreignColumns: [annotations.projectId, annotations.id],
    }),
    foreignKey({ columns: [table.projectId, table.claimId], foreignColumns: [claims.projectId, claims.id] }),
    foreignKey({ columns: [table.projectId, table.codeId], foreignColumns: [codes.projectId, codes.id] }),
    foreignKey({ columns: [table.projectId, table.noteId], foreignColumns: [notes.projectId, notes.id] }),
    foreignKey({
      columns: [table.projectId, table.sourceId],
      foreignColumns: [sources.projectId, sources.id],
    }),
    check(
      'threads_target',
      sql`num_nonnulls(${table.annotationId}, ${table.claimId}, ${table.codeId}, ${table.noteId}) = 1
        or (num_nonnulls(${table.annotationId}, ${table.claimId}, ${table.codeId}, ${table.noteId}) = 0
          and ${table.sourceId} is not null)`,
    ),
    index('threads_project').on(table.projectId, table.id),
    index('threads_annotation').on(table.annotationId),
    index('threads_claim').on(table.claimId).where(sql`${table.claimId} is not null`),
    index('threads_code').on(table.codeId).where(sql`${table.codeId} is not null`),
    index('threads_note').on(table.noteId).where(sql`${table.noteId} is not null`),
    index('threads_source').on(table.sourceId, table.id),
  ],
);

export const comments = pgTable(
  'comments',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    threadId: uuid('thread_id').notNull(),
    /** Null where a guest wrote it. */
    creatorId: uuid('creator_id').references(() => users.id),
    guestId: uuid('guest_id').references(() => guests.id),
    /** What a guest who was asked said of what the thread is about. */
    verdict: text().$type<Verdict>(),
    /** Mentions stand in it by id. A deleted comment keeps its words, for whoever brings it back. */
    text: text().notNull(),
    /** Whom it mentions: members, when they were mentioned. */
    mentions: uuid().array().notNull().default([]),
    created: at('created').notNull().defaultNow(),
    edited: at('edited'),
    deleted: at('deleted'),
    revision: integer().notNull().default(1),
  },
  (table) => [
    unique('comments_project_id').on(table.projectId, table.id),
    foreignKey({
      columns: [table.projectId, table.threadId],
      foreignColumns: [threads.projectId, threads.id],
    }),
    index('comments_thread').on(table.threadId, table.id),
    index('comments_guest').on(table.guestId).where(sql`${table.guestId} is not null`),
    check('comments_author', sql`num_nonnulls(${table.creatorId}, ${table.guestId}) = 1`),
  ],
);

export const commentReactions = pgTable(
  'comment_reactions',
  {
    projectId: uuid('project_id').notNull(),
    commentId: uuid('comment_id').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    sign: text().$type<ReactionSign>().notNull(),
    created: at('created').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.commentId, table.userId, table.sign] }),
    foreignKey({
      columns: [table.projectId, table.commentId],
      foreignColumns: [comments.projectId, comments.id],
    }),
  ],
);
