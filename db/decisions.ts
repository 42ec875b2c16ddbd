import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { AgreementRecord, Decision, GoldCoding, Objection } from '../lib/adjudication/decision';
import { openTo, type Reader, sourcesVisibleTo } from './access';
import { asRead, redactedFrom, withheldFrom } from './access/kept';
import type { Db, Transaction } from './client';
import { annotations } from './schema/annotations';
import { makerOf } from './schema/brought-in';
import { decisions, goldCodings, objections, passAgreements } from './schema/decisions';
import { passSources } from './schema/passes';
import { users } from './schema/people';
import { sources, sourceTexts } from './schema/sources';

/** Whether no passage that is protected from its reader is in what was decided about. */
function isReadable({ actor }: Reader): SQL {
  const userId = actor?.userId ?? null;
  if (userId === null) return sql`true`;
  return sql`not (${decisions.sourceId} = any(${redactedFrom({ userId })})
    and gloss_is_closed(${decisions.sourceId}, ${decisions.version}, ${decisions.start}, ${decisions.end}))`;
}

/** The words of a coding of the gold layer (`g`), without those of a passage that is protected from its reader. */
function goldAsRead({ actor }: Reader): SQL {
  const userId = actor?.userId ?? null;
  if (userId === null) return sql`g.exact`;
  return sql`case when ${decisions.sourceId} = any(${redactedFrom({ userId })})
    and gloss_is_closed(${decisions.sourceId}, g.version, g.start, g."end") then '' else g.exact end`;
}

async function read(db: Db, reader: Reader, where: SQL | undefined): Promise<Decision[]> {
  const rows = await db
    .select({
      row: decisions,
      byName: makerOf(decisions.id),
      gold: sql<
        GoldCoding[]
      >`coalesce((select json_agg(json_build_object('codeId', g.code_id, 'version', g.version, 'start', g.start,
        'end', g."end", 'exact', ${goldAsRead(reader)}) order by g.start, g.id) from ${goldCodings} g
        where g.decision_id = ${decisions.id}), '[]')`,
      objections: sql<
        StoredObjection[]
      >`coalesce((select json_agg(json_build_object('id', o.id, 'text', o.text,
        'by', json_build_object('id', o.by_id, 'name', coalesce((select t.author || ' (brought in by ' || b.name || ')'
          from brought_in t where t.subject_id = o.id), b.name)), 'created', o.created, 'settled', o.settled,
        'settledBy', json_build_object('id', o.settled_by, 'name', s.name)) order by o.created, o.id)
        from ${objections} o join ${users} b on b.id = o.by_id left join ${users} s on s.id = o.settled_by
        where o.decision_id = ${decisions.id}), '[]')`,
    })
    .from(decisions)
    .innerJoin(users, eq(users.id, decisions.byId))
    .where(
      and(
        eq(decisions.projectId, reader.projectId),
        openTo(reader, decisions.sourceId),
        isReadable(reader),
        where,
      ),
    )
    .orderBy(asc(decisions.id));
  return rows.map(({ row, byName, gold, objections: said }) => {
    const { byId, created, undone, ...fields } = row;
    return {
      ...fields,
      gold,
      by: { id: byId, name: byName },
      created: created.toISOString(),
      undone: undone?.toISOString() ?? null,
      objections: said.map(toObjection),
    };
  });
}

type StoredObjection = Omit<Objection, 'settled'> & { settled: string | null; settledBy: Objection['by'] };

function toObjection({ settledBy, settled, created, ...said }: StoredObjection): Objection {
  return {
    ...said,
    created: new Date(created).toISOString(),
    settled: settled === null ? null : { at: new Date(settled).toISOString(), by: settledBy },
  };
}

/** The decisions of a pass that were not taken back, in the order they were made. Who may see them is the caller's to judge. */
export async function selectDecisions(db: Db, grant: Reader, passId: string): Promise<Decision[]> {
  return read(db, grant, and(eq(decisions.passId, passId), isNull(decisions.undone)));
}

/** The same with those that were taken back. */
export async function selectMadeDecisions(db: Db, grant: Reader, passId: string): Promise<Decision[]> {
  return read(db, grant, eq(decisions.passId, passId));
}

/** One decision, taken back or not; `null` when the project has none of this id. */
export async function selectDecision(db: Db, grant: Reader, id: string): Promise<Decision | null> {
  const [decision] = await read(db, grant, eq(decisions.id, id));
  return decision ?? null;
}

/** The decision that stands about a disagreement of a pass; `null` when it is open. */
export async function selectStanding(
  db: Db,
  grant: Reader,
  passId: string,
  key: string,
): Promise<Decision | null> {
  const [decision] = await read(
    db,
    grant,
    and(eq(decisions.passId, passId), eq(decisions.key, key), isNull(decisions.undone)),
  );
  return decision ?? null;
}

export type DecisionFields = Omit<
  typeof decisions.$inferInsert,
  'projectId' | 'byId' | 'created' | 'revision' | 'undone'
>;

/** Stores a decision of the Grant's actor with what it makes hold. Returns false when the id exists, or another one stands. */
export async function insertDecision(
  tx: Transaction,
  grant: Grant,
  decision: DecisionFields,
  gold: readonly (GoldCoding & { id: string })[],
): Promise<boolean> {
  const { projectId } = grant;
  const made = await tx
    .insert(decisions)
    .values({ ...decision, projectId, byId: grant.actor.userId })
    .onConflictDoNothing()
    .returning({ id: decisions.id });
  if (made.length === 0) return false;
  if (gold.length > 0)
    await tx
      .insert(goldCodings)
      .values(gold.map((coding) => ({ ...coding, projectId, decisionId: decision.id })));
  return true;
}

/** Changes a decision and counts that up. */
export async function updateDecisionRow(
  tx: Transaction,
  grant: Pick<Grant, 'projectId'>,
  id: string,
  { undone, why }: { undone?: boolean; why?: string },
): Promise<void> {
  await tx
    .update(decisions)
    .set({
      ...(why === undefined ? {} : { why }),
      ...(undone === undefined ? {} : { undone: undone ? sql`now()` : null }),
      revision: sql`${decisions.revision} + 1`,
    })
    .where(and(eq(decisions.projectId, grant.projectId), eq(decisions.id, id)));
}

/** Stores what the Grant's actor says against a decision. Returns false when the id exists already. */
export async function insertObjection(
  tx: Transaction,
  grant: Grant,
  objection: { id: string; decisionId: string; text: string },
): Promise<boolean> {
  const made = await tx
    .insert(objections)
    .values({ ...objection, byId: grant.actor.userId })
    .onConflictDoNothing()
    .returning({ id: objections.id });
  return made.length > 0;
}

/** Says that the Grant's actor has dealt with an objection of a decision; returns whether there was one that waited. */
export async function settleObjectionRow(
  tx: Transaction,
  grant: Grant,
  decisionId: string,
  id: string,
): Promise<boolean> {
  const rows = await tx
    .update(objections)
    .set({ settled: sql`now()`, settledBy: grant.actor.userId })
    .where(and(eq(objections.decisionId, decisionId), eq(objections.id, id), isNull(objections.settled)))
    .returning({ id: objections.id });
  return rows.length > 0;
}

/**
 * Whether an embargo keeps this person from a source that the pass has, had marks in, or had something decided about, or a protected passage
 * from a mark or a decision of it.
 */
export async function isKeptFromPass(db: Db, grant: Grant, passId: string): Promise<boolean> {
  const { actor } = grant;
  const { rows } = await db.execute(sql`
    select where exists (select from annotations a where a.pass_id = ${passId} and a.closed and a.source_id = any(${redactedFrom(actor)}))
      or exists (select from ${decisions} where ${decisions.passId} = ${passId} and not ${isReadable(grant)})
    union all
    (select from unnest(${withheldFrom(actor)}) as withheld (id) where
      exists (select from ${passSources} s where s.pass_id = ${passId} and s.source_id = withheld.id)
      or exists (select from ${annotations} a where a.pass_id = ${passId} and a.source_id = withheld.id)
      or exists (select from ${decisions} d where d.pass_id = ${passId} and d.source_id = withheld.id) limit 1)`);
  return rows.length > 0;
}

/** What was kept of the agreement of a pass, oldest first, whoever reads it: it is of all its sources together. */
export async function selectAgreements(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  passId: string,
): Promise<AgreementRecord[]> {
  const { moment, at, decided, of, figures } = passAgreements;
  const rows = await db
    .select({ moment, at, decided, of, figures })
    .from(passAgreements)
    .where(and(eq(passAgreements.projectId, grant.projectId), eq(passAgreements.passId, passId)))
    .orderBy(asc(at), asc(passAgreements.id));
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Keeps the agreement of a pass as it is at a moment: now, where none is given. */
export async function insertAgreement(
  tx: Transaction,
  grant: Pick<Grant, 'projectId'>,
  passId: string,
  record: Omit<AgreementRecord, 'at'> & { id: string; at?: Date },
): Promise<void> {
  await tx.insert(passAgreements).values({ ...record, projectId: grant.projectId, passId });
}

/** The current texts of these sources that still stand. */
export async function selectTexts(
  db: Db,
  grant: Reader,
  ids: readonly string[],
): Promise<{ id: string; version: number; text: string }[]> {
  if (ids.length === 0) return [];
  return db
    .select({ id: sources.id, version: sources.version, text: asRead(grant, 'text') })
    .from(sources)
    .innerJoin(
      sourceTexts,
      and(eq(sourceTexts.sourceId, sources.id), eq(sourceTexts.version, sources.version)),
    )
    .where(
      and(
        sourcesVisibleTo(grant),
        isNull(sources.deleted),
        sql`${sources.id} = any(${sql.param([...ids])}::uuid[])`,
      ),
    );
}
