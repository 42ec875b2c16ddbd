import { and, asc, count, eq, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Span } from '../lib/anchoring/describe';
import type { ProtectedPassage } from '../lib/sources/protection';
import { redactedFrom } from './access/kept';
import type { Db, Transaction } from './client';
import { protectedPassages, protectedPlaces, redactedTexts } from './schema/protected-passages';
import { sourceTexts } from './schema/sources';

type InProject = Pick<Grant, 'projectId'>;

/** UTF-16 units of a passage that it is told by. */
const SHOWN = 120;

/** The protected passages of a source in the order they were protected. Who may read them is the caller's to judge. */
export async function selectPassages(
  db: Db,
  { projectId }: InProject,
  sourceId: string,
): Promise<ProtectedPassage[]> {
  const rows = await db
    .select({
      id: protectedPassages.id,
      places: sql<
        { version: number; start: number | null; end: number | null }[]
      >`coalesce((select json_agg(json_build_object('version', l.version, 'start', l.start, 'end', l."end") order by l.version)
        from protected_places l where l.passage_id = ${protectedPassages.id}), '[]')`,
      missingIn: sql<
        number[]
      >`array(select t.version from ${sourceTexts} t where t.source_id = ${protectedPassages.sourceId}
        and not exists (select from protected_places l where l.passage_id = ${protectedPassages.id} and l.version = t.version)
        order by t.version)`,
    })
    .from(protectedPassages)
    .where(and(eq(protectedPassages.projectId, projectId), eq(protectedPassages.sourceId, sourceId)))
    .orderBy(asc(protectedPassages.created), asc(protectedPassages.id));
  const texts = new Map<number, string>();
  const found: ProtectedPassage[] = [];
  for (const { id, places, missingIn } of rows) {
    const last = places.findLast(({ start }) => start !== null);
    if (last && !texts.has(last.version))
      texts.set(last.version, (await selectWholeText(db, { projectId }, sourceId, last.version))?.text ?? '');
    const words = last ? (texts.get(last.version) ?? '').slice(last.start ?? 0, last.end ?? 0) : '';
    found.push({
      id,
      words: words.slice(0, SHOWN).toWellFormed(),
      places: places.map(({ version, start, end }) => ({
        version,
        place: start === null || end === null ? null : { start, end },
      })),
      missingIn,
    });
  }
  return found;
}

/** How many passages of a source are protected. */
export async function countPassages(db: Db, { projectId }: InProject, sourceId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(protectedPassages)
    .where(and(eq(protectedPassages.projectId, projectId), eq(protectedPassages.sourceId, sourceId)));
  return row?.count ?? 0;
}

/** Stores a protected passage of the Grant's actor; returns false when the id exists already. */
export async function insertPassage(
  tx: Transaction,
  { projectId, actor }: Grant,
  sourceId: string,
  id: string,
): Promise<boolean> {
  const made = await tx
    .insert(protectedPassages)
    .values({ id, projectId, sourceId, createdBy: actor.userId })
    .onConflictDoNothing()
    .returning({ id: protectedPassages.id });
  return made.length > 0;
}

/** Whether this id is one of the source's passages. */
export async function hasPassage(
  db: Db,
  { projectId }: InProject,
  sourceId: string,
  id: string,
): Promise<boolean> {
  const { id: key, projectId: project, sourceId: source } = protectedPassages;
  return (
    (await db.$count(protectedPassages, and(eq(key, id), eq(project, projectId), eq(source, sourceId)))) > 0
  );
}

/** Says where a passage stands in a version, `null` for nowhere; in the place of what was said before. */
export async function putPlace(
  tx: Transaction,
  { projectId }: InProject,
  given: {
    sourceId: string;
    passageId: string;
    version: number;
    place: Span | null;
    decidedBy: string | null;
  },
): Promise<void> {
  const { place, ...of } = given;
  const row = { start: place?.start ?? null, end: place?.end ?? null, decidedBy: of.decidedBy };
  await tx
    .insert(protectedPlaces)
    .values({ ...of, ...row, projectId })
    .onConflictDoUpdate({ target: [protectedPlaces.passageId, protectedPlaces.version], set: row });
}

/** Ends the protection of one passage of a source, or of all; returns how many there were. */
export async function deletePassages(
  tx: Transaction,
  { projectId }: InProject,
  sourceId: string,
  only?: string,
): Promise<number> {
  const rows = await tx
    .delete(protectedPassages)
    .where(
      and(
        eq(protectedPassages.projectId, projectId),
        eq(protectedPassages.sourceId, sourceId),
        only === undefined ? undefined : eq(protectedPassages.id, only),
      ),
    )
    .returning({ id: protectedPassages.id });
  return rows.length;
}

/** The versions of a source, oldest first. */
export async function selectVersionNumbers(
  db: Db,
  { projectId }: InProject,
  sourceId: string,
): Promise<number[]> {
  const rows = await db
    .select({ version: sourceTexts.version })
    .from(sourceTexts)
    .where(and(eq(sourceTexts.projectId, projectId), eq(sourceTexts.sourceId, sourceId)))
    .orderBy(asc(sourceTexts.version));
  return rows.map(({ version }) => version);
}

/** A version of a source as it is, for the program itself. */
export async function selectWholeText(
  db: Db,
  { projectId }: InProject,
  sourceId: string,
  version: number,
): Promise<{ text: string; html: string } | null> {
  const [row] = await db
    .select({ text: sourceTexts.text, html: sourceTexts.html })
    .from(sourceTexts)
    .where(
      and(
        eq(sourceTexts.projectId, projectId),
        eq(sourceTexts.sourceId, sourceId),
        eq(sourceTexts.version, version),
      ),
    );
  return row ?? null;
}

/** Keeps a version as it is read by those who are not named. */
export async function putRedacted(
  tx: Transaction,
  { projectId }: InProject,
  given: { sourceId: string; version: number; text: string; html: string; hash: string },
): Promise<void> {
  const { text, html, hash } = given;
  await tx
    .insert(redactedTexts)
    .values({ ...given, projectId })
    .onConflictDoUpdate({
      target: [redactedTexts.sourceId, redactedTexts.version],
      set: { text, html, hash },
    });
}

/** Forgets how a source is read by those who are not named: nothing of it is protected any more. */
export async function deleteRedacted(
  tx: Transaction,
  { projectId }: InProject,
  sourceId: string,
): Promise<void> {
  await tx
    .delete(redactedTexts)
    .where(and(eq(redactedTexts.projectId, projectId), eq(redactedTexts.sourceId, sourceId)));
}

/** Closes the marks that touch protected passages of a source, and opens all others. */
export async function closeMarks(tx: Transaction, sourceId: string): Promise<void> {
  await tx.execute(sql`select gloss_close_marks(${sourceId}::uuid)`);
}

/** Lets a source be found as it may be read now. */
export async function indexAnew(tx: Transaction, sourceId: string): Promise<void> {
  await tx.execute(sql`select gloss_search_sources(array[${sourceId}::uuid])`);
}

/**
 * Where protected passages stand in a version, in the order of its text: to those who may read them, where each is known to stand; to
 * all others what they see blacked out.
 */
export async function selectProtectedSpans(
  db: Db,
  { actor }: Grant,
  sourceId: string,
  version: number,
): Promise<{ spans: Span[]; isRedacted: boolean }> {
  const { rows } = await db.execute<{
    redacted: boolean;
    start: number | null;
    end: number | null;
    length: number;
    missing: boolean;
  }>(sql`
    select ${sourceId}::uuid = any(${redactedFrom(actor)}) as redacted, l.start, l."end", t.length, l.passage_id is null as missing
    from protected_passages p join source_texts t on t.source_id = p.source_id and t.version = ${version}
    left join protected_places l on l.passage_id = p.id and l.version = t.version
    where p.source_id = ${sourceId} order by l.start`);
  const isRedacted = rows.some(({ redacted }) => redacted);
  if (isRedacted && rows.some(({ missing }) => missing))
    return { spans: [{ start: 0, end: rows[0]?.length ?? 0 }], isRedacted };
  const spans = rows.flatMap(({ start, end }) => (start === null || end === null ? [] : [{ start, end }]));
  return { spans, isRedacted };
}
