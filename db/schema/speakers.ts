import { sql } from 'drizzle-orm';
import {
  boolean,
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
import type { SpeakerKind } from '../../lib/speakers/speaker';
import { users } from './people';
import { projects } from './projects';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** What is known of somebody. */
const known = () => ({
  name: text().notNull(),
  aliases: text().array().notNull().default(sql`'{}'`),
  role: text().notNull().default(''),
  affiliation: text().notNull().default(''),
  affiliationId: uuid('affiliation_id'),
  firstMentionId: uuid('first_mention_id'),
});

/** A speaker as everybody may see them: the row of a protected one holds the pseudonym, and nothing that tells who it is. */
export const speakers = pgTable(
  'speakers',
  {
    id: uuid().primaryKey(),
    projectId: uuid('project_id')
      .notNull()
      .references(() => projects.id),
    kind: text().$type<SpeakerKind>().notNull(),
    ...known(),
    isProtected: boolean('is_protected').notNull().default(false),
    /** The one this was found to be; `null` for who stands for themselves. */
    mergedInto: uuid('merged_into'),
    /** The end of the way of `mergedInto`, which may be this one itself. */
    rootId: uuid('root_id').notNull(),
    /** The shown name of the root, folded: lists are in its order. */
    sortName: text('sort_name').notNull(),
    creatorId: uuid('creator_id')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    modified: at('modified').notNull().defaultNow(),
    revision: integer().notNull().default(1),
    deleted: at('deleted'),
  },
  (table) => [
    unique('speakers_project_id').on(table.projectId, table.id),
    index('speakers_sorted').on(table.projectId, table.sortName, table.rootId, table.id),
    index('speakers_root').on(table.rootId),
  ],
);

/** What each speaker of a project is publicly called, folded: one name leads to one speaker. */
export const speakerNames = pgTable(
  'speaker_names',
  {
    projectId: uuid('project_id').notNull(),
    folded: text().notNull(),
    speakerId: uuid('speaker_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.folded] }),
    foreignKey({
      columns: [table.projectId, table.speakerId],
      foreignColumns: [speakers.projectId, speakers.id],
    }),
    index('speaker_names_speaker').on(table.speakerId),
  ],
);

/** Who a protected speaker is. Read by `db/speakers/identities.ts` and nothing else. */
export const speakerIdentities = pgTable(
  'speaker_identities',
  {
    speakerId: uuid('speaker_id').primaryKey(),
    projectId: uuid('project_id').notNull(),
    ...known(),
    /** What they were called at any time, to be kept out of what is told of that time. Shown to nobody. */
    former: text().array().notNull().default(sql`'{}'`),
  },
  (table) => [
    foreignKey({
      columns: [table.projectId, table.speakerId],
      foreignColumns: [speakers.projectId, speakers.id],
    }),
    index('speaker_identities_project').on(table.projectId),
  ],
);

/** The members who may know who a protected speaker is. */
export const speakerConfidants = pgTable(
  'speaker_confidants',
  {
    speakerId: uuid('speaker_id')
      .notNull()
      .references(() => speakerIdentities.speakerId, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
  },
  (table) => [primaryKey({ columns: [table.speakerId, table.userId] })],
);
