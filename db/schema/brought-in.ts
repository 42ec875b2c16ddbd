import { type AnyColumn, type SQL, sql } from 'drizzle-orm';
import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { users } from './people';
import { projects } from './projects';

/** Who made a thing that a file brought in, as the file says: they have no account by it, and what they are called is all there is. */
export const broughtIn = pgTable('brought_in', {
  /** Of whichever table: a mark, a claim, evidence, a comment, a follow-up. */
  subjectId: uuid('subject_id').primaryKey(),
  projectId: uuid('project_id')
    .notNull()
    .references(() => projects.id),
  author: text().notNull(),
});

/** What whoever made a thing (`id`) of the joined `users` is called: of what was brought in, both who made it and who brought it. */
export const makerOf = (id: AnyColumn): SQL<string> => sql<string>`coalesce((
  select b.author || ' (brought in by ' || ${users.name} || ')' from ${broughtIn} b where b.subject_id = ${id}
), ${users.name})`;
