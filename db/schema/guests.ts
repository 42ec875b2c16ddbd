import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core';
import type { GuestMode } from '../../lib/access/roles';
import type { GuestLinkKind } from '../../lib/guests/guest-link';
import { notes } from './notes';
import { users } from './people';
import { projects } from './projects';
import { sourceTexts } from './sources';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Links for people without an account, each to one source, some claims or one note. */
export const guestLinks = pgTable(
  'guest_links',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    kind: text().$type<GuestLinkKind>().notNull(),
    mode: text().$type<GuestMode>().notNull(),
    title: text().notNull(),
    sourceId: uuid('source_id'),
    version: integer(),
    claimIds: uuid('claim_ids').array().notNull().default([]),
    noteId: uuid('note_id'),
    annotationIds: uuid('annotation_ids').array().notNull().default([]),
    message: text().notNull().default(''),
    showNames: boolean('show_names').notNull().default(false),
    /** SHA-256 of the secret, hexadecimal. */
    tokenHash: text('token_hash').notNull().unique(),
    pinHash: text('pin_hash'),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    expires: at('expires').notNull(),
    revoked: at('revoked'),
  },
  (table) => [
    unique('guest_links_project_id').on(table.projectId, table.id),
    foreignKey({
      columns: [table.sourceId, table.version],
      foreignColumns: [sourceTexts.sourceId, sourceTexts.version],
    }),
    foreignKey({ columns: [table.projectId, table.noteId], foreignColumns: [notes.projectId, notes.id] }),
    check(
      'guest_links_thing',
      sql`(${table.kind} = 'source') = (${table.sourceId} is not null) and (${table.kind} = 'note') = (${table.noteId} is not null)
        and (${table.kind} = 'claims') = (cardinality(${table.claimIds}) > 0)`,
    ),
    check('guest_links_days', sql`${table.expires} <= ${table.created} + interval '90 days 1 hour'`),
  ],
);

/** Whoever opened a link, by the browser they did it with. */
export const guests = pgTable(
  'guests',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id').notNull(),
    linkId: uuid('link_id').notNull(),
    /** SHA-256 of the link's id and the secret in the guest's cookie: what they do by two links tells nothing together. */
    keyHash: text('key_hash').notNull(),
    name: text().notNull(),
    created: at('created').notNull().defaultNow(),
  },
  (table) => [
    unique('guests_key').on(table.linkId, table.keyHash),
    unique('guests_name').on(table.linkId, table.name),
    foreignKey({
      columns: [table.projectId, table.linkId],
      foreignColumns: [guestLinks.projectId, guestLinks.id],
    }),
  ],
);

/** Each time that a guest was shown what their link shows. */
export const guestViews = pgTable(
  'guest_views',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    projectId: uuid('project_id').notNull(),
    linkId: uuid('link_id').notNull(),
    guestId: uuid('guest_id')
      .notNull()
      .references(() => guests.id),
    at: at('at').notNull().defaultNow(),
    what: text().notNull(),
  },
  (table) => [
    foreignKey({
      columns: [table.projectId, table.linkId],
      foreignColumns: [guestLinks.projectId, guestLinks.id],
    }),
    index('guest_views_link').on(table.linkId, table.id),
  ],
);
