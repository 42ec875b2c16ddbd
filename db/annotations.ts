import { and, asc, eq, gt, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Annotation, Motivation } from '../lib/annotations/annotation';
import type { StoredQuote } from '../lib/annotations/quote';
import { openTo, type Reader, visibleTo } from './access';
import type { Db } from './client';
import { annotationCodes, annotations } from './schema/annotations';
import { makerOf } from './schema/brought-in';
import { noteChips, notes } from './schema/notes';
import { users } from './schema/people';
import { sources } from './schema/sources';
import { annotationTargets } from './schema/targets';
import { FACES, quoteOf } from './speakers/faces';

function select(db: Db, reader: Reader) {
  return db
    .select({
      row: annotations,
      creatorName: makerOf(annotations.id),
      faces: FACES,
      target: {
        version: annotationTargets.version,
        outcome: annotationTargets.outcome,
        state: annotationTargets.state,
        score: annotationTargets.score,
        was: annotationTargets.was,
        changedIn: annotationTargets.changedIn,
        revision: annotationTargets.revision,
      },
      codeIds: sql<
        string[]
      >`array(select c.code_id::text from ${annotationCodes} c where c.annotation_id = ${annotations.id} order by c.code_id)`,
      noteIds: sql<
        string[]
      >`array(select n.note_id::text from ${noteChips} n join ${notes} on ${notes.id} = n.note_id and ${notes.deleted} is null and ${openTo(reader, notes.sourceId)} where n.annotation_id = ${annotations.id} order by n.note_id)`,
    })
    .from(annotations)
    .innerJoin(users, eq(users.id, annotations.creatorId))
    .innerJoin(sources, eq(sources.id, annotations.sourceId))
    .leftJoin(
      annotationTargets,
      and(
        eq(annotationTargets.annotationId, annotations.id),
        eq(annotationTargets.version, sources.version),
        ne(annotationTargets.outcome, 'made'),
      ),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function toAnnotation({ row, creatorName, codeIds, noteIds, target, faces }: Row): Annotation {
  return {
    id: row.id,
    projectId: row.projectId,
    sourceId: row.sourceId,
    version: row.version,
    creator: { id: row.creatorId, name: creatorName },
    motivation: row.motivation,
    selector: [
      { type: 'TextPositionSelector', start: row.start, end: row.end },
      { type: 'TextQuoteSelector', exact: row.exact, prefix: row.prefix, suffix: row.suffix },
    ],
    body: row.body === null ? null : { type: 'TextualBody', value: row.body },
    codeIds,
    quote: quoteOf(row, faces),
    created: row.created.toISOString(),
    modified: row.modified.toISOString(),
    revision: row.revision,
    deleted: row.deleted?.toISOString() ?? null,
    noteIds,
    anchoring: target,
    passId: row.passId,
    coderId: row.coderId,
  };
}

export type AnnotationFields = {
  motivation: Motivation;
  body: string | null;
  quote: StoredQuote | null;
  start: number;
  end: number;
  exact: string;
  prefix: string;
  suffix: string;
};

/** The pass that a mark is made in, whom it counts for, and who alone may see it. */
export type Made = { passId: string | null; coderId: string | null; seenBy: string[] | null };

/** Stores an annotation of the Grant's actor with its codes. Returns false when the id exists already. */
export async function insertAnnotation(
  db: Db,
  grant: Grant,
  given: AnnotationFields & {
    id: string;
    sourceId: string;
    version: number;
    codeIds: readonly string[];
  } & Partial<Made>,
): Promise<boolean> {
  const { codeIds, ...fields } = given;
  const made = await db
    .insert(annotations)
    .values({ ...fields, projectId: grant.projectId, creatorId: grant.actor.userId })
    .onConflictDoNothing()
    .returning({ id: annotations.id });
  if (made.length === 0) return false;
  await replaceCodes(db, grant, given.id, codeIds);
  return true;
}

/**
 * Sets the codes of an annotation. A code that it keeps stays as it was put on it; a new one is made under what the code
 * says now. The codes must be in the project, and the codebook held (`lockCodebook`).
 */
export async function replaceCodes(
  db: Db,
  grant: Grant,
  annotationId: string,
  codeIds: readonly string[],
): Promise<void> {
  const wanted = sql.param([...codeIds]);
  await db.execute(sql`
    delete from annotation_codes
    where project_id = ${grant.projectId} and annotation_id = ${annotationId} and code_id <> all(${wanted}::uuid[])`);
  if (codeIds.length === 0) return;
  await db.execute(sql`
    insert into annotation_codes (project_id, annotation_id, code_id, definition_code_id, definition_version)
    select project_id, ${annotationId}, id, id, definition_version from codes
    where project_id = ${grant.projectId} and id = any(${wanted}::uuid[])
    on conflict do nothing`);
}

export type AnnotationFilter = {
  ids?: readonly string[];
  source?: string;
  code?: string;
  creator?: string;
  motivation?: Motivation;
  pass?: string;
  /** Words looked for in the passage, the body and the speaker, letter case ignored. */
  q?: string;
};

/** What is said in and about a passage; written as the index `annotations_said` is, so that it is used. */
const SAID = sql`(${annotations.exact} || E'\\n' || coalesce(${annotations.body}, ''))`;

/** Escapes what LIKE would read as a wildcard. */
const literally = (words: string) => `%${words.replace(/[\\%_]/g, '\\$&')}%`;

/** The ids of the speakers of a project that are shown by a name with these words in it. */
const speakersCalled = ({ projectId }: Pick<Grant, 'projectId'>, like: string) => sql`
  select m.id from speakers m join speakers r on r.id = m.root_id
  where r.project_id = ${projectId}
    and (r.name ilike ${like} or exists (select from unnest(r.aliases) alias where alias ilike ${like}))`;

/**
 * Words in a passage, in what is said about it, or in a name that its speaker is shown by: where the marks of one speaker
 * after another are read, and an index of words would be read again for each.
 */
export function saidOrSpeaker(grant: Pick<Grant, 'projectId'>, words: string): SQL {
  const like = literally(words);
  return sql`(${SAID} ilike ${like} or ${annotations.speakerId} in (${speakersCalled(grant, like)}))`;
}

/**
 * The same, where marks of all speakers are read. Who is called so is looked up first: the planner then knows how few marks
 * that are, and reads the index of words instead of every mark.
 */
export async function saidOrAnySpeaker(db: Db, grant: Grant, words: string): Promise<SQL> {
  const like = literally(words);
  const { rows } = await db.execute<{ id: string }>(speakersCalled(grant, like));
  if (rows.length === 0) return sql`${SAID} ilike ${like}`;
  const ids = sql.param(rows.map(({ id }) => id));
  return sql`(${SAID} ilike ${like} or ${annotations.speakerId} = any(${ids}::uuid[]))`;
}

/** The visible annotations of the project in the order they were made; a page after the cursor (an id). */
export async function selectAnnotations(
  db: Db,
  grant: Grant,
  filter: AnnotationFilter,
  page: { limit: number; cursor?: string },
): Promise<Annotation[]> {
  const rows = await select(db, grant)
    .where(
      and(
        visibleTo(grant),
        isNull(annotations.deleted),
        page.cursor ? gt(annotations.id, page.cursor) : undefined,
        filter.ids ? inArray(annotations.id, [...filter.ids]) : undefined,
        filter.source ? eq(annotations.sourceId, filter.source) : undefined,
        filter.creator ? eq(annotations.creatorId, filter.creator) : undefined,
        filter.motivation ? eq(annotations.motivation, filter.motivation) : undefined,
        filter.pass ? eq(annotations.passId, filter.pass) : undefined,
        filter.code
          ? inArray(
              annotations.id,
              db
                .select({ id: annotationCodes.annotationId })
                .from(annotationCodes)
                .where(
                  and(
                    eq(annotationCodes.codeId, filter.code),
                    eq(annotationCodes.projectId, grant.projectId),
                  ),
                ),
            )
          : undefined,
        filter.q ? await saidOrAnySpeaker(db, grant, filter.q) : undefined,
      ),
    )
    .orderBy(asc(annotations.id))
    .limit(page.limit);
  return rows.map(toAnnotation);
}

/** One visible annotation, deleted or not; `null` when there is none for this Grant. */
export async function selectAnnotation(db: Db, grant: Grant, id: string): Promise<Annotation | null> {
  const [row] = await select(db, grant).where(and(visibleTo(grant), eq(annotations.id, id)));
  return row ? toAnnotation(row) : null;
}

/** Visible annotations by their ids, deleted or not: those that there are of the given ones. */
export async function selectAnnotationsById(
  db: Db,
  grant: Grant,
  ids: readonly string[],
): Promise<Annotation[]> {
  if (ids.length === 0) return [];
  const rows = await select(db, grant).where(and(visibleTo(grant), inArray(annotations.id, [...ids])));
  return rows.map(toAnnotation);
}

/** Rows read at once, so that no turn of the program's one thread is long. */
const TOLD = 250;

/**
 * Annotations of a project by their ids, which are in order, seen or not and deleted or not: for what is told of all marks of a
 * source at once, which each reader is shown their part of.
 */
export async function selectAnnotationsToTell(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  ids: readonly string[],
): Promise<Annotation[]> {
  const found: Annotation[] = [];
  for (let at = 0; at < ids.length; at += TOLD) {
    const rows = await select(db, { projectId, actor: null })
      .where(
        and(eq(annotations.projectId, projectId), inArray(annotations.id, [...ids.slice(at, at + TOLD)])),
      )
      .orderBy(asc(annotations.id));
    for (const row of rows) found.push(toAnnotation(row));
  }
  return found;
}

/** Says whose words a quote is, and how they came to us; part of the change that was just made, so the revision stays. */
export async function setQuote(
  db: Db,
  { projectId }: Pick<Grant, 'projectId'>,
  id: string,
  said: { quote: StoredQuote; speakerId: string | null; written: string },
): Promise<void> {
  await db
    .update(annotations)
    .set(said)
    .where(and(eq(annotations.projectId, projectId), eq(annotations.id, id)));
}

/** Changes an annotation when it still has this revision; returns whether it had. */
export async function updateAnnotationRow(
  db: Db,
  grant: Grant,
  id: string,
  revision: number,
  change: Partial<AnnotationFields> & { version?: number; deleted?: boolean; speakerId?: null; written?: '' },
): Promise<boolean> {
  const { deleted, ...fields } = change;
  const rows = await db
    .update(annotations)
    .set({
      ...fields,
      ...(deleted === undefined ? {} : { deleted: deleted ? sql`now()` : null }),
      modified: sql`now()`,
      revision: sql`${annotations.revision} + 1`,
    })
    .where(and(visibleTo(grant), eq(annotations.id, id), eq(annotations.revision, revision)))
    .returning({ id: annotations.id });
  return rows.length > 0;
}
