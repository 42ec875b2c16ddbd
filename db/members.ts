import { and, asc, eq, gt, isNull, lt, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Role } from '../lib/access/roles';
import type { Invitation, Member } from '../lib/members/member';
import { asksFactor, lacksFactor } from './access';
import type { Db } from './client';
import { users } from './schema/people';
import { invitations, projectMembers, projects, teams } from './schema/projects';

const memberFields = {
  userId: users.id,
  name: users.name,
  email: users.email,
  role: projectMembers.role,
  joined: projectMembers.joined,
};
const toMember = (row: Omit<Member, 'joined'> & { joined: Date }): Member => ({
  ...row,
  joined: row.joined.toISOString(),
});

/** The members of the Grant's project, oldest first. */
export async function selectMembers(db: Db, grant: Pick<Grant, 'projectId'>): Promise<Member[]> {
  const rows = await db
    .select(memberFields)
    .from(projectMembers)
    .innerJoin(users, eq(users.id, projectMembers.userId))
    .where(eq(projectMembers.projectId, grant.projectId))
    .orderBy(asc(projectMembers.joined), asc(users.id));
  return rows.map(toMember);
}

/** The members to whom the Grant's project is closed for want of a second factor; `null` where it asks for none. */
export async function selectClosedOut(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
): Promise<ReadonlySet<string> | null> {
  const rows = await db
    .select({ userId: projectMembers.userId, lacks: lacksFactor(projectMembers.userId) })
    .from(projectMembers)
    .innerJoin(projects, eq(projects.id, projectMembers.projectId))
    .where(and(eq(projectMembers.projectId, grant.projectId), asksFactor()));
  return rows.length === 0 ? null : new Set(rows.filter(({ lacks }) => lacks).map(({ userId }) => userId));
}

/** One member of the Grant's project. */
export async function selectMember(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  userId: string,
): Promise<Member | null> {
  const [row] = await db
    .select(memberFields)
    .from(projectMembers)
    .innerJoin(users, eq(users.id, projectMembers.userId))
    .where(and(eq(projectMembers.projectId, grant.projectId), eq(projectMembers.userId, userId)));
  return row ? toMember(row) : null;
}

/** Adds a member; returns false when they were one already (their role stays). */
export async function insertMember(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  userId: string,
  role: Role,
): Promise<boolean> {
  const rows = await db
    .insert(projectMembers)
    .values({ projectId: grant.projectId, userId, role })
    .onConflictDoNothing()
    .returning({ userId: projectMembers.userId });
  return rows.length > 0;
}

/** Gives a member another role. */
export async function updateMemberRole(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  userId: string,
  role: Role,
): Promise<void> {
  await db
    .update(projectMembers)
    .set({ role })
    .where(and(eq(projectMembers.projectId, grant.projectId), eq(projectMembers.userId, userId)));
}

/** Takes a member out of the project. */
export async function deleteMember(db: Db, grant: Pick<Grant, 'projectId'>, userId: string): Promise<void> {
  await db
    .delete(projectMembers)
    .where(and(eq(projectMembers.projectId, grant.projectId), eq(projectMembers.userId, userId)));
}

/** How many owners the project has; the rows stay locked to the end of the transaction. */
export async function countOwners(db: Db, grant: Grant): Promise<number> {
  const rows = await db
    .select({ userId: projectMembers.userId })
    .from(projectMembers)
    .where(and(eq(projectMembers.projectId, grant.projectId), eq(projectMembers.role, 'owner')))
    .for('update');
  return rows.length;
}

const toInvitation = (row: typeof invitations.$inferSelect): Invitation => ({
  id: row.id,
  role: row.role,
  created: row.created.toISOString(),
  expires: row.expires.toISOString(),
  maxUses: row.maxUses,
  uses: row.uses,
  revoked: row.revoked?.toISOString() ?? null,
});

/** The invitation links of the project, newest first. */
export async function selectInvitations(db: Db, grant: Grant): Promise<Invitation[]> {
  const rows = await db
    .select()
    .from(invitations)
    .where(eq(invitations.projectId, grant.projectId))
    .orderBy(sql`${invitations.created} desc`);
  return rows.map(toInvitation);
}

/** Keeps a new invitation link's hash; `null` when the id exists already. */
export async function insertInvitation(
  db: Db,
  grant: Grant,
  given: { id: string; role: Role; tokenHash: string; days: number; maxUses: number },
): Promise<Invitation | null> {
  const { days, ...rest } = given;
  const [row] = await db
    .insert(invitations)
    .values({
      ...rest,
      projectId: grant.projectId,
      createdBy: grant.actor.userId,
      expires: sql`now() + make_interval(days => ${days})`,
    })
    .onConflictDoNothing()
    .returning();
  return row ? toInvitation(row) : null;
}

/** Revokes an invitation link of the project; `null` when there is none with this id. */
export async function revokeInvitationRow(db: Db, grant: Grant, id: string): Promise<Invitation | null> {
  const [row] = await db
    .update(invitations)
    .set({ revoked: sql`coalesce(${invitations.revoked}, now())` })
    .where(and(eq(invitations.id, id), eq(invitations.projectId, grant.projectId)))
    .returning();
  return row ? toInvitation(row) : null;
}

const open = (tokenHash: string) =>
  and(
    eq(invitations.tokenHash, tokenHash),
    isNull(invitations.revoked),
    gt(invitations.expires, sql`now()`),
    lt(invitations.uses, invitations.maxUses),
  );

type Offer = {
  readonly projectId: string;
  readonly projectName: string;
  readonly teamName: string;
  readonly role: Role;
  readonly expires: string;
  /** Whether nobody can come in at the moment. */
  readonly archived: boolean;
};

/** What an invitation link that still works leads to. */
export async function findInvitation(db: Db, tokenHash: string): Promise<Offer | null> {
  const [row] = await db
    .select({
      projectId: projects.id,
      projectName: projects.name,
      teamName: teams.name,
      role: invitations.role,
      expires: invitations.expires,
      archived: sql<boolean>`${projects.archived} is not null`,
    })
    .from(invitations)
    .innerJoin(projects, eq(projects.id, invitations.projectId))
    .innerJoin(teams, eq(teams.id, projects.teamId))
    .where(and(open(tokenHash), isNull(projects.deleted)));
  return row ? { ...row, expires: row.expires.toISOString() } : null;
}

/** Takes one use of an invitation link; false when none is left. Two at once: the limit holds. */
export async function takeInvitation(db: Db, tokenHash: string): Promise<boolean> {
  const rows = await db
    .update(invitations)
    .set({ uses: sql`${invitations.uses} + 1` })
    .where(open(tokenHash))
    .returning({ id: invitations.id });
  return rows.length > 0;
}
