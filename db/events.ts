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
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${projectId}::uuid::text, 7460))`);
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
  const { userId = null, name = 'Gloss', ip = null } = author.actor ?? {};
  // Whoever was erased while they asked for this writes nothing any more; what the program tells of them afterwards is by no session.
  const asker = author.actor !== null && 'via' in author.actor ? author.actor.userId : null;
  const counting = countingOf(author, happenings);
  // One statement that takes the lock and does all under it: the whole project waits until this process, which may be busy, has read each answer.
  const { rows } = await tx.execute<{ ids: string[]; gone: boolean; counted: unknown }>(sql`
    select ids, gone, counted from gloss_append_events(${author.projectId}::uuid, ${userId}::uuid, ${name}, ${ip},
      ${JSON.stringify(happenings)}::jsonb, ${asker}::uuid, ${counting?.grown ?? 0})`);
  const [told] = rows;
  if (told === undefined) throw new Error('Appending events answered nothing');
  if (told.gone) throw new AppError('unauthenticated', 'This account was erased meanwhile.');
  await counting?.judge(tx, told.counted);
  await insertAudit(tx, author.projectId, auditedActs(author, happenings));
  return told.ids.map(Number);
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
