import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Grant } from '../lib/access/grant';
import type { Pass, PassAssignment, PassCoder } from '../lib/passes/pass';
import { passFor } from '../lib/passes/standing';
import { selectWithheldSources } from './access/kept';
import type { Db, Transaction } from './client';
import { passAssignments, passCoders, passCodes, passes, passSources } from './schema/passes';
import { users } from './schema/people';
import { sources } from './schema/sources';

const leads = alias(users, 'leads');
const revealers = alias(users, 'revealers');

/** Passes with all that is known of them, whoever may know it: for what changes them, and for the log. */
async function read(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  where: SQL | undefined,
): Promise<Pass[]> {
  const rows = await db
    .select({
      row: passes,
      creatorName: users.name,
      leadName: leads.name,
      revealerName: revealers.name,
      codeIds: sql<string[]>`array(select c.code_id::text from ${passCodes} c
        where c.pass_id = ${passes.id} order by c.code_id)`,
      sourceIds: sql<string[]>`array(select s.source_id::text from ${passSources} s
        join ${sources} on ${sources.id} = s.source_id and ${sources.deleted} is null
        where s.pass_id = ${passes.id} order by s.place, s.source_id)`,
      coders: sql<PassCoder[]>`coalesce((select json_agg(json_build_object('id', c.id, 'userId', c.user_id,
        'name', coalesce(c.name, u.name), 'isExpert', c.is_expert) order by c.created, c.id)
        from ${passCoders} c left join ${users} u on u.id = c.user_id where c.pass_id = ${passes.id}), '[]')`,
    })
    .from(passes)
    .innerJoin(users, eq(users.id, passes.creatorId))
    .innerJoin(leads, eq(leads.id, passes.leadId))
    .leftJoin(revealers, eq(revealers.id, passes.revealedBy))
    .where(and(eq(passes.projectId, projectId), where))
    .orderBy(asc(passes.id));
  const assigned = await selectAssignments(
    db,
    rows.map(({ row }) => row.id),
  );
  return rows.map(({ row, creatorName, leadName, revealerName, codeIds, sourceIds, coders }) => ({
    id: row.id,
    projectId: row.projectId,
    name: row.name,
    kind: row.kind,
    lead: { id: row.leadId, name: leadName },
    guidelineNoteId: row.guidelineNoteId,
    sourceIds,
    codeIds,
    coders,
    assignments: assigned.get(row.id) ?? [],
    revealWhen: row.revealWhen,
    revealOn: row.revealOn,
    revealed: row.revealed?.toISOString() ?? null,
    revealedBy: row.revealedBy === null ? null : { id: row.revealedBy, name: revealerName ?? '' },
    creator: { id: row.creatorId, name: creatorName },
    created: row.created.toISOString(),
    modified: row.modified.toISOString(),
    revision: row.revision,
    deleted: row.deleted?.toISOString() ?? null,
  }));
}

async function selectAssignments(
  db: Db,
  passIds: readonly string[],
): Promise<ReadonlyMap<string, PassAssignment[]>> {
  if (passIds.length === 0) return new Map();
  const { passId, coderId, sourceId, state, started, done } = passAssignments;
  const rows = await db
    .select({ passId, coderId, sourceId, state, started, done })
    .from(passAssignments)
    .innerJoin(sources, and(eq(sources.id, sourceId), isNull(sources.deleted)))
    .where(sql`${passId} = any(${sql.param([...passIds])}::uuid[])`)
    .orderBy(asc(coderId), asc(sourceId));
  const found = new Map<string, PassAssignment[]>();
  for (const { passId: of, ...row } of rows) {
    const assignment = {
      ...row,
      started: row.started?.toISOString() ?? null,
      done: row.done?.toISOString() ?? null,
    };
    found.set(of, [...(found.get(of) ?? []), assignment]);
  }
  return found;
}

/** The passes of a project that are not deleted, in the order they were made, as the Grant's holder may know them. */
export async function selectPasses(db: Db, grant: Grant): Promise<Pass[]> {
  const all = await read(db, grant, isNull(passes.deleted));
  const withheld = await selectWithheldSources(db, grant);
  return all.map((pass) => passFor(grant.actor.userId, pass, withheld));
}

/** One pass, deleted or not, whole; what of it its reader may know is `passFor`'s to say. `null` when there is none. */
export async function selectWholePass(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  id: string,
): Promise<Pass | null> {
  const [pass] = await read(db, grant, eq(passes.id, id));
  return pass ?? null;
}

export type PassFields = Pick<Pass, 'name' | 'guidelineNoteId' | 'revealWhen' | 'revealOn'> & {
  leadId: string;
};

/** Stores a pass of the Grant's actor, without anything in it. Returns false when the id exists already. */
export async function insertPass(
  db: Db,
  grant: Grant,
  pass: PassFields & Pick<Pass, 'id' | 'kind'>,
): Promise<boolean> {
  const rows = await db
    .insert(passes)
    .values({ ...pass, projectId: grant.projectId, creatorId: grant.actor.userId })
    .onConflictDoNothing()
    .returning({ id: passes.id });
  return rows.length > 0;
}

/** Changes a pass, and counts what changed in it as a change; `revealedBy` is null where no person revealed it. */
export async function updatePassRow(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  id: string,
  change: Partial<PassFields> & { deleted?: boolean; revealedBy?: string | null },
): Promise<void> {
  const { deleted, revealedBy, ...fields } = change;
  await db
    .update(passes)
    .set({
      ...fields,
      ...(deleted === undefined ? {} : { deleted: deleted ? sql`now()` : null }),
      ...(revealedBy === undefined ? {} : { revealed: sql`now()`, revealedBy }),
      modified: sql`now()`,
      revision: sql`${passes.revision} + 1`,
    })
    .where(and(eq(passes.projectId, projectId), eq(passes.id, id)));
}

/** Sets the sources of a pass, in this order; what was assigned of others is forgotten. */
export async function replacePassSources(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  passId: string,
  sourceIds: readonly string[],
): Promise<void> {
  const ids = sql.param([...sourceIds]);
  await tx.execute(
    sql`delete from pass_sources where pass_id = ${passId} and source_id <> all(${ids}::uuid[])`,
  );
  await tx.execute(sql`
    insert into pass_sources (project_id, pass_id, source_id, place)
    select ${projectId}, ${passId}, id, place - 1 from unnest(${ids}::uuid[]) with ordinality as given (id, place)
    on conflict (pass_id, source_id) do update set place = excluded.place`);
}

/** Sets the codes of a pass. */
export async function replacePassCodes(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  passId: string,
  codeIds: readonly string[],
): Promise<void> {
  const ids = sql.param([...codeIds]);
  await tx.execute(sql`delete from pass_codes where pass_id = ${passId} and code_id <> all(${ids}::uuid[])`);
  await tx.execute(sql`
    insert into pass_codes (project_id, pass_id, code_id)
    select ${projectId}, ${passId}, id from unnest(${ids}::uuid[]) id on conflict do nothing`);
}

export type PassCoderRow = {
  readonly id: string;
  readonly userId: string | null;
  readonly name: string | null;
  readonly isExpert: boolean;
};

/** Sets the coders of a pass; what was assigned to others is forgotten. */
export async function replacePassCoders(
  tx: Transaction,
  { projectId }: Pick<Grant, 'projectId'>,
  passId: string,
  coders: readonly PassCoderRow[],
): Promise<void> {
  const ids = sql.param(coders.map(({ id }) => id));
  await tx.execute(sql`delete from pass_coders where pass_id = ${passId} and id <> all(${ids}::uuid[])`);
  if (coders.length === 0) return;
  await tx
    .insert(passCoders)
    // Each a moment after the one before it, so that they stay in order.
    .values(
      coders.map((one, nth) => ({
        ...one,
        projectId,
        passId,
        created: sql`now() + ${nth} * interval '1 microsecond'`,
      })),
    )
    .onConflictDoUpdate({
      target: passCoders.id,
      set: { name: sql`excluded.name`, isExpert: sql`excluded.is_expert` },
      setWhere: eq(passCoders.passId, passId),
    });
}

/**
 * Assigns sources to coders of a pass; what stands already stays as it is. Whoever has codings in one, as they had it before,
 * is working on it since the first of them.
 */
export async function insertAssignments(
  tx: Transaction,
  passId: string,
  given: readonly { coderId: string; sourceId: string }[],
): Promise<void> {
  await tx.execute(sql`
    insert into pass_assignments (pass_id, coder_id, source_id, state, started)
    select ${passId}, one."coderId", one."sourceId",
      case when coded.since is null then 'not-started' else 'working' end, coded.since
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as one ("coderId" uuid, "sourceId" uuid)
    left join pass_coders c on c.id = one."coderId" and c.pass_id = ${passId}
    left join lateral (
      select min(a.created) as since from annotations a
      where a.pass_id = ${passId} and a.source_id = one."sourceId" and a.deleted is null
        and (a.coder_id = c.id or a.coder_id is null and a.creator_id = c.user_id)) coded on true
    on conflict do nothing`);
}

/** Takes sources off coders of a pass. */
export async function deleteAssignments(
  tx: Transaction,
  passId: string,
  given: readonly { coderId: string; sourceId: string }[],
): Promise<void> {
  await tx.execute(sql`
    delete from pass_assignments a
    using jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as one ("coderId" uuid, "sourceId" uuid)
    where a.pass_id = ${passId} and a.coder_id = one."coderId" and a.source_id = one."sourceId"`);
}

/** Sets how far a coder is with a source, with its times. */
export async function updateProgress(
  tx: Transaction,
  passId: string,
  { coderId, sourceId, state }: Pick<PassAssignment, 'coderId' | 'sourceId' | 'state'>,
): Promise<void> {
  await tx
    .update(passAssignments)
    .set({
      state,
      started: state === 'not-started' ? null : sql`coalesce(${passAssignments.started}, now())`,
      done: state === 'done' ? sql`now()` : null,
    })
    .where(
      and(
        eq(passAssignments.passId, passId),
        eq(passAssignments.coderId, coderId),
        eq(passAssignments.sourceId, sourceId),
      ),
    );
}

/** Blind passes whose day of reveal has come, at most so many, with who leads them. */
export async function selectDueReveals(
  db: Db,
  day: string,
  most: number,
): Promise<{ id: string; projectId: string }[]> {
  const { rows } = await db.execute<{ id: string; projectId: string }>(sql`
    select p.id, p.project_id as "projectId" from passes p join projects on projects.id = p.project_id
    where p.kind = 'blind' and p.revealed is null and p.deleted is null and projects.deleted is null and projects.archived is null
      and p.reveal_when = 'on-date' and p.reveal_on <= ${day}
    order by p.reveal_on, p.id limit ${most}`);
  return rows;
}
