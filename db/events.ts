import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm';
import type { Logged } from '../lib/access/event-for';
import type { Grant } from '../lib/access/grant';
import { auditOf } from '../lib/audit/of-happening';
import { AppError } from '../lib/errors';
import { Event, type Happening } from '../lib/events/event';
import { marksIn } from '../lib/events/marks-in';
import { oldQuotesIn, withoutIdentities } from '../lib/speakers/face';
import { selectHidden } from './access/hidden';
import { insertAudit } from './audit';
import type { Db, Transaction } from './client';
import { events } from './schema/events';
import { selectProtected } from './speakers/identities';
import { countingOf } from './usage';

/**
 * Who an event is by: a Grant's holder, somebody without one at hand (a note came to rest after they wrote), several
 * together (`userId` is null and `name` names them), or the program itself.
 */
export type EventAuthor =
  | Grant
  | {
      readonly projectId: string;
      readonly actor: {
        readonly userId: string | null;
        readonly name: string;
        readonly ip: string | null;
      } | null;
    };

/** Holds the project's lock to the end of the transaction: whoever else takes it waits, and then sees what was done. */
export async function lockProject(tx: Transaction, { projectId }: Pick<Grant, 'projectId'>): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${projectId}, 7460))`);
}

/**
 * Appends an event and announces its id (channel gloss_event) when the transaction commits.
 * The project's lock is held from taking the id to the commit, so ids become visible in order: nothing is missed after "after n".
 * What is audited is written down with it, and what is limited is counted.
 * @throws AppError unauthenticated when whoever asked for it was erased meanwhile, forbidden where the project has no room for it.
 */
export async function insertEvent(
  tx: Transaction,
  author: EventAuthor,
  happening: Happening,
): Promise<number> {
  const [id] = await insertEvents(tx, author, [happening]);
  return id as number;
}

/** The same for several, in their order: the whole project waits for less. Answers their ids. */
export async function insertEvents(
  tx: Transaction,
  author: EventAuthor,
  happenings: readonly Happening[],
): Promise<number[]> {
  if (happenings.length === 0) return [];
  await lockProject(tx, author);
  const { userId = null, name = 'Gloss', ip = null } = author.actor ?? {};
  // As one value: the statement is the same however many there are.
  const { rows } = await tx.execute<{ id: string }>(sql`
    insert into events (project_id, type, subject_id, actor_id, actor_name, subject, at, ip)
    select ${author.projectId}::uuid, one->>'type', coalesce(one->'subject'->>'id', one->'subject'->>'userId')::uuid,
      ${userId}::uuid, ${name}::text, one->'subject', clock_timestamp(), ${ip}::text
    from jsonb_array_elements(${JSON.stringify(happenings)}::jsonb) with ordinality as given (one, nth) order by nth
    returning id`);
  const ids = rows.map(({ id }) => Number(id));
  const payloads = sql.param(ids.map((id) => `${author.projectId}:${id}`));
  // Whoever was erased while they asked for this writes nothing any more; what the program tells of them afterwards is by no session.
  const asker = author.actor !== null && 'via' in author.actor ? author.actor.userId : null;
  // Counted in the same statement: a mark is no slower for it.
  const counting = countingOf(author, happenings);
  const { rows: told } = await tx.execute<{ gone: boolean | null; counted: unknown }>(sql`
    with counted as (${counting?.statement ?? sql`select`})
    select pg_notify('gloss_event', payload), (select erased is not null from users where id = ${asker}::uuid) as gone,
      (select to_jsonb(counted) from counted) as counted
    from unnest(${payloads}::text[]) payload`);
  if (told[0]?.gone) throw new AppError('unauthenticated', 'This account was erased meanwhile.');
  counting?.judge(told[0]?.counted ?? null);
  await insertAudit(tx, author.projectId, auditedActs(author, happenings));
  return ids;
}

function auditedActs({ actor }: EventAuthor, happenings: readonly Happening[]) {
  const by = { id: actor?.userId ?? null, name: actor?.name ?? 'Gloss', ip: actor?.ip ?? null };
  return happenings.flatMap((happening) => {
    const act = auditOf(happening);
    return act === null ? [] : [{ ...act, actor: by }];
  });
}

/** Events of a project after an id, oldest first, without the names of speakers who are protected by now. */
export async function listEvents(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  after: number,
  limit: number,
): Promise<Logged[]> {
  const rows = await db
    .select()
    .from(events)
    .where(and(eq(events.projectId, grant.projectId), gt(events.id, after)))
    .orderBy(asc(events.id))
    .limit(limit);
  return parseAll(db, grant, rows);
}

/** Events of a project before an id, newest first: of one person, or of types that begin so, where that is asked. */
export async function listActivity(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  filter: { person?: string; beginnings: readonly string[] | null; before?: number },
  limit: number,
): Promise<Logged[]> {
  const { person, beginnings, before } = filter;
  const fits = and(
    eq(events.projectId, grant.projectId),
    person === undefined ? undefined : eq(events.actorId, person),
    before === undefined ? undefined : lt(events.id, before),
  );
  // The newest of each noun, from the index on nouns; the newest of all are among them.
  const newestOf = (beginning: string) =>
    sql`(select id from ${events} where ${fits} and split_part(${events.type}, '.', 1) = ${beginning.split('.')[0]}
      and starts_with(${events.type}, ${beginning}) order by id desc limit ${limit})`;
  const rows = await db
    .select()
    .from(events)
    .where(
      beginnings === null
        ? fits
        : sql`${events.id} in (${sql.join(beginnings.map(newestOf), sql` union all `)})`,
    )
    .orderBy(desc(events.id))
    .limit(limit);
  return parseAll(db, grant, rows);
}

/** The events without who a protected speaker is, and with what each reader must be judged by. */
async function parseAll(
  db: Db,
  grant: Pick<Grant, 'projectId'>,
  rows: readonly (typeof events.$inferSelect)[],
): Promise<Logged[]> {
  if (rows.length === 0) return [];
  const read: Event[] = [];
  for (const row of rows) {
    read.push(
      Event.parse({
        id: row.id,
        projectId: row.projectId,
        at: row.at.toISOString(),
        actor: { id: row.actorId, name: row.actorName },
        happening: { type: row.type, subject: row.subject },
      }),
    );
    // One that tells of many marks is as long as many others: keystrokes go first.
    if (row.type.startsWith('source.targets-') || row.type === 'code.recoded')
      await new Promise((resolve) => setImmediate(resolve));
  }
  // After the rows: what was protected meanwhile is known, too.
  const secret = await selectProtected(db, grant, [
    ...new Set(read.flatMap(({ happening }) => oldQuotesIn(happening))),
  ]);
  const hidden = await selectHidden(db, grant, [
    ...new Set(read.flatMap(({ happening }) => marksIn(happening))),
  ]);
  return read.map((event) => ({
    event: { ...event, happening: withoutIdentities(event.happening, secret) },
    hidden,
  }));
}

/** The newest event id of a project; 0 when nothing happened yet. */
export async function lastEventId(db: Db, grant: Pick<Grant, 'projectId'>): Promise<number> {
  const [row] = await db
    .select({ id: sql<string>`coalesce(max(${events.id}), 0)` })
    .from(events)
    .where(eq(events.projectId, grant.projectId));
  return Number(row?.id ?? 0);
}
