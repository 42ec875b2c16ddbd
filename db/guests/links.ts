import { and, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import type { GuestAnswer, GuestLink, GuestView } from '../../lib/guests/guest-link';
import { claimOpenTo, openTo, type Reader, type Viewer, visibleTo } from '../access';
import type { Db } from '../client';
import { annotations } from '../schema/annotations';
import { guestLinks, guests, guestViews } from '../schema/guests';
import { users } from '../schema/people';
import { projects } from '../schema/projects';
import { comments, threads } from '../schema/threads';

/** So much of who looked and what they wrote is read with a link. */
const MOST_RECORDS = 500;

/** A link as its guests are let in by it, with what its project is set to; whether it ran out is told by the clock of Postgres. */
export type OpenLink = typeof guestLinks.$inferSelect & {
  readonly archived: boolean;
  readonly isOver: boolean;
};

const count = (from: SQL) => sql<number>`(select count(*)::int from ${from})`;

async function read(db: Db, where: SQL | undefined): Promise<GuestLink[]> {
  const rows = await db
    .select({
      row: guestLinks,
      creatorName: users.name,
      guests: count(sql`${guests} g where g.link_id = ${guestLinks.id}`),
      views: count(sql`${guestViews} v where v.link_id = ${guestLinks.id}`),
      answers: count(sql`${comments} c join ${guests} g on g.id = c.guest_id
        where g.link_id = ${guestLinks.id} and c.deleted is null`),
    })
    .from(guestLinks)
    .innerJoin(users, eq(users.id, guestLinks.createdBy))
    .where(where)
    .orderBy(desc(guestLinks.created), desc(guestLinks.id));
  return rows.map(({ row, creatorName, ...counts }) => {
    const { tokenHash: _, pinHash, createdBy, created, expires, revoked, ...rest } = row;
    return {
      ...rest,
      ...counts,
      hasPin: pinHash !== null,
      creator: { id: createdBy, name: creatorName },
      created: created.toISOString(),
      expires: expires.toISOString(),
      revoked: revoked?.toISOString() ?? null,
    };
  });
}

/** A link is named after what it shows: one to something that an embargo withholds is withheld with it. */
const linksVisibleTo = (grant: Reader) =>
  and(
    eq(guestLinks.projectId, grant.projectId),
    openTo(grant, guestLinks.sourceId),
    sql`not exists (select from unnest(${guestLinks.claimIds}) claim where not ${claimOpenTo(grant, sql`claim`)})`,
    sql`not exists (select from notes n where n.id = ${guestLinks.noteId} and not ${openTo(grant, sql`n.source_id`)})`,
  );

/** The guest links of the Grant's project, newest first. */
export async function selectGuestLinks(db: Db, grant: Reader): Promise<GuestLink[]> {
  return read(db, linksVisibleTo(grant));
}

/** One guest link of the project; `null` when there is none with this id. */
export async function selectGuestLink(db: Db, grant: Reader, id: string): Promise<GuestLink | null> {
  const [link] = await read(db, and(linksVisibleTo(grant), eq(guestLinks.id, id)));
  return link ?? null;
}

/** Keeps a new guest link by the hash of its secret; false when the id exists already. */
export async function insertGuestLink(
  db: Db,
  grant: Grant,
  given: Omit<typeof guestLinks.$inferInsert, 'projectId' | 'createdBy'>,
): Promise<boolean> {
  const rows = await db
    .insert(guestLinks)
    .values({ ...given, projectId: grant.projectId, createdBy: grant.actor.userId })
    .onConflictDoNothing()
    .returning({ id: guestLinks.id });
  return rows.length > 0;
}

/** Ends a guest link at once; false when it had ended before, or there is none. */
export async function revokeGuestLinkRow(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  id: string,
): Promise<boolean> {
  const rows = await db
    .update(guestLinks)
    .set({ revoked: sql`now()` })
    .where(and(eq(guestLinks.projectId, projectId), eq(guestLinks.id, id), isNull(guestLinks.revoked)))
    .returning({ id: guestLinks.id });
  return rows.length > 0;
}

/** The link of a secret, whether it still works or not; `null` where there is none, or its project was deleted. */
export async function findGuestLink(db: Db, tokenHash: string): Promise<OpenLink | null> {
  const [row] = await db
    .select({
      link: guestLinks,
      archived: sql<boolean>`${projects.archived} is not null`,
      isOver: sql<boolean>`${guestLinks.expires} <= now()`,
    })
    .from(guestLinks)
    .innerJoin(projects, eq(projects.id, guestLinks.projectId))
    .where(and(eq(guestLinks.tokenHash, tokenHash), isNull(projects.deleted)));
  return row ? { ...row.link, archived: row.archived, isOver: row.isOver } : null;
}

/** Who looked by a link, the newest first. */
export async function selectGuestViews(db: Db, { id }: Pick<GuestLink, 'id'>): Promise<GuestView[]> {
  const rows = await db
    .select({ guest: guests.name, at: guestViews.at, what: guestViews.what })
    .from(guestViews)
    .innerJoin(guests, eq(guests.id, guestViews.guestId))
    .where(eq(guestViews.linkId, id))
    .orderBy(desc(guestViews.id))
    .limit(MOST_RECORDS);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** What the guests of a link wrote and is still there, about what the Grant's holder may see, the newest first. */
export async function selectGuestAnswers(
  db: Db,
  grant: Viewer,
  { id }: Pick<GuestLink, 'id'>,
): Promise<GuestAnswer[]> {
  const rows = await db
    .select({
      guest: guests.name,
      at: comments.created,
      verdict: comments.verdict,
      text: comments.text,
      threadId: comments.threadId,
      commentId: comments.id,
    })
    .from(comments)
    .innerJoin(guests, eq(guests.id, comments.guestId))
    .innerJoin(threads, eq(threads.id, comments.threadId))
    .leftJoin(annotations, eq(annotations.id, threads.annotationId))
    .where(
      and(
        eq(guests.linkId, id),
        isNull(comments.deleted),
        or(isNull(threads.annotationId), visibleTo(grant)),
        claimOpenTo(grant, threads.claimId),
      ),
    )
    .orderBy(desc(comments.created), desc(comments.id))
    .limit(MOST_RECORDS);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
