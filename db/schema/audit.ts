import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import type { Details } from '../../lib/audit/entry';

/**
 * Who did, or was refused, what: a chain of entries for each project, and one for the instance. Each holds the hash of the one
 * before it. A trigger refuses update and delete. No key leads to the project: the audit outlives it.
 */
export const auditEntries = pgTable(
  'audit_entries',
  {
    /** The project, or the nil UUID for what concerns none. */
    chain: uuid().notNull(),
    nr: integer().notNull(),
    /** In whole ms, so that it reads back as it was hashed. */
    at: timestamp('at', { withTimezone: true, mode: 'date', precision: 3 }).notNull(),
    act: text().notNull(),
    actorId: uuid('actor_id'),
    actorName: text('actor_name').notNull(),
    ip: text(),
    subjectId: uuid('subject_id'),
    details: jsonb().$type<Details>().notNull(),
    /**
     * What makes the digest of who it was by (`personal`) unguessable; gone, with the names, once one of them was erased. Older
     * entries have neither.
     */
    salt: text(),
    personal: text(),
    prevHash: text('prev_hash').notNull(),
    hash: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chain, table.nr] }),
    index('audit_entries_actor').on(table.chain, table.actorId, table.nr),
  ],
);

/** Where each chain ends: who writes next waits for this row, and whoever takes the last entries away is found out. */
export const auditChains = pgTable('audit_chains', {
  chain: uuid().primaryKey(),
  nr: integer().notNull(),
  hash: text().notNull(),
});
