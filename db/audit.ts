import { createHash, randomBytes } from 'node:crypto';
import { and, asc, desc, eq, gt, inArray, isNotNull, like, lt, or, sql } from 'drizzle-orm';
import {
  type Act,
  AUDIT_KINDS,
  type AuditActor,
  type AuditKind,
  type ChainedEntry,
  canonicalText,
  INSTANCE_CHAIN,
  NO_HASH,
  personalText,
} from '../lib/audit/entry';
import type { ChainHead } from '../lib/audit/verify';
import type { Db } from './client';
import { auditChains, auditEntries } from './schema/audit';
import { users } from './schema/people';
import { projects } from './schema/projects';

/** SHA-256 of a text, hexadecimal. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Adds acts to the end of a project's chain, or the instance's (`null`), in the caller's transaction: they are done and written
 * down together, or neither. Until it commits nobody else adds to the chain; a caller that takes the project's lock takes that first.
 */
export async function insertAudit(
  db: Db,
  projectId: string | null,
  acts: readonly (Act & { readonly actor: AuditActor })[],
): Promise<void> {
  if (acts.length === 0) return;
  const chain = projectId ?? INSTANCE_CHAIN;
  await db.transaction(async (tx) => {
    await tx.insert(auditChains).values({ chain, nr: 0, hash: NO_HASH }).onConflictDoNothing();
    const [end] = await tx
      .select({
        nr: auditChains.nr,
        hash: auditChains.hash,
        ms: sql<number>`extract(epoch from clock_timestamp())::float8 * 1000`,
      })
      .from(auditChains)
      .where(eq(auditChains.chain, chain))
      .for('update');
    if (end === undefined) throw new Error('A chain of the audit was taken away');
    const at = new Date(Math.floor(end.ms));
    let { nr, hash } = end;
    // Asked once the chain is held: an erasure that held it is seen.
    const erased = await selectPseudonyms(
      tx,
      acts.map(({ actor }) => actor.id),
    );
    const rows = acts.map(({ actor: given, ...act }) => {
      const name = erased.get(given.id ?? '');
      const actor = name === undefined ? given : { id: given.id, name, ip: null };
      nr += 1;
      const prevHash = hash;
      const salt = randomBytes(16).toString('hex');
      const personal = digest(personalText(salt, { ...act, nr, actor, at }));
      hash = digest(canonicalText(chain, { ...act, nr, actor, at, personal }, prevHash));
      const { id: actorId, name: actorName, ip } = actor;
      return { ...act, chain, nr, at, actorId, actorName, ip, salt, personal, prevHash, hash };
    });
    await tx.insert(auditEntries).values(rows);
    await tx.update(auditChains).set({ nr, hash }).where(eq(auditChains.chain, chain));
  });
}

/** What those of these people are called who were erased. */
export async function selectPseudonyms(
  db: Db,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const asked = ids.filter((id) => id !== null);
  if (asked.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(and(inArray(users.id, [...new Set(asked)]), isNotNull(users.erased)));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const entryOf = ({
  actorId,
  actorName,
  ip,
  chain: _,
  ...row
}: typeof auditEntries.$inferSelect): ChainedEntry => ({
  ...row,
  actor: { id: actorId, name: actorName, ip },
});

/** Entries of a chain after a number, in their order. */
export async function selectChain(
  db: Db,
  chain: string,
  after: number,
  limit: number,
): Promise<ChainedEntry[]> {
  const rows = await db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.chain, chain), gt(auditEntries.nr, after)))
    .orderBy(asc(auditEntries.nr))
    .limit(limit);
  return rows.map(entryOf);
}

/** Entries of a project, newest first: of one person, or of one kind, where that is asked. */
export async function selectAudit(
  db: Db,
  { projectId }: { readonly projectId: string },
  { person, kind, before }: { person?: string; kind?: AuditKind; before?: number },
  limit: number,
): Promise<ChainedEntry[]> {
  const rows = await db
    .select()
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.chain, projectId),
        person === undefined ? undefined : eq(auditEntries.actorId, person),
        kind === undefined ? undefined : or(...AUDIT_KINDS[kind].map((acts) => like(auditEntries.act, acts))),
        before === undefined ? undefined : lt(auditEntries.nr, before),
      ),
    )
    .orderBy(desc(auditEntries.nr))
    .limit(limit);
  return rows.map(entryOf);
}

/** All chains that there are or should be, and where each should end; null where only entries are left of it. */
export async function selectHeads(
  db: Db,
): Promise<{ chain: string; head: ChainHead | null; project: string | null }[]> {
  const { rows } = await db.execute<{
    chain: string;
    nr: number | null;
    hash: string | null;
    name: string | null;
  }>(sql`
    select chain, c.nr, c.hash, p.name
    from (select distinct chain from ${auditEntries}) e full join ${auditChains} c using (chain)
    left join ${projects} p on p.id = chain
    order by chain`);
  return rows.map(({ chain, nr, hash, name }) => ({
    chain,
    head: nr === null || hash === null ? null : { nr, hash },
    project: name,
  }));
}
