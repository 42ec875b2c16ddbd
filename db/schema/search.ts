import { sql } from 'drizzle-orm';
import {
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Kind } from '../../lib/search/query';
import { users } from './people';
import { projects } from './projects';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/**
 * What search looks through: a row for each thing that is not deleted. Triggers keep it (migration 0013); the words that
 * are shown stay where they are. `tsv` holds what a thing says, and what it is as lexemes that begin with `@`.
 */
export const searchDocuments = pgTable(
  'search_documents',
  {
    /** The table it comes from. A source with protected passages is there a second time as those find it who are not named. */
    origin: text()
      .$type<'source' | 'source-redacted' | 'note' | 'annotation' | 'comment' | 'claim' | 'follow-up'>()
      .notNull(),
    id: uuid().notNull(),
    projectId: uuid('project_id').notNull(),
    kind: text().$type<Kind>().notNull(),
    sourceId: uuid('source_id'),
    noteId: uuid('note_id'),
    /** Whose visibility it shares. */
    annotationId: uuid('annotation_id'),
    threadId: uuid('thread_id'),
    /** What a comment's thread is about, where that is a claim or a code. */
    claimId: uuid('claim_id'),
    codeId: uuid('code_id'),
    creatorId: uuid('creator_id').notNull(),
    created: at('created').notNull(),
    tsv: tsvector().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.origin, table.id] }),
    index('search_documents_tsv').using('gin', table.tsv).with({ gin_pending_list_limit: 512 }),
    index('search_documents_project').on(table.projectId, table.created, table.id),
    index('search_documents_creator').on(table.projectId, table.creatorId),
    index('search_documents_annotation').on(table.annotationId).where(sql`${table.annotationId} is not null`),
    index('search_documents_source').on(table.sourceId).where(sql`${table.sourceId} is not null`),
    index('search_documents_claim').on(table.claimId).where(sql`${table.claimId} is not null`),
    index('search_documents_thread').on(table.threadId).where(sql`${table.threadId} is not null`),
  ],
);

/** The lexemes that a project uses, for finding those that a misspelt word may mean. Some may be there twice. */
export const searchWords = pgTable(
  'search_words',
  { projectId: uuid('project_id').notNull(), word: text().notNull() },
  (table) => [index('search_words_project').on(table.projectId, table.word)],
);

/** Searches that people keep under a name. */
export const savedSearches = pgTable(
  'saved_searches',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    creatorId: uuid('creator_id')
      .notNull()
      .references(() => users.id),
    name: text().notNull(),
    q: text().notNull(),
    shared: boolean().notNull().default(false),
    created: at('created').notNull().defaultNow(),
    modified: at('modified').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    deleted: at('deleted'),
  },
  (table) => [unique('saved_searches_project_id').on(table.projectId, table.id)],
);
