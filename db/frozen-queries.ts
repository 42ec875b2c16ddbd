import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Grant } from '../lib/access/grant';
import type { Found } from '../lib/search/found';
import type { FrozenQuery } from '../lib/search/frozen-query';
import { HIDDEN_QUERY, namesProtected } from '../lib/speakers/face';
import { claimsVisibleTo, followUpsVisibleTo, notesVisibleTo, sourcesVisibleTo, visibleTo } from './access';
import { redactedFrom } from './access/kept';
import type { Db } from './client';
import { annotations } from './schema/annotations';
import { claims } from './schema/claims';
import { followUps } from './schema/follow-ups';
import { frozenQueries } from './schema/note-records';
import { notes } from './schema/notes';
import { users } from './schema/people';
import { sources } from './schema/sources';
import { selectProtected } from './speakers/identities';

/** Keeps what a search found, in the name of the Grant's actor; returns false when the id exists already. */
export async function insertFrozenQuery(
  db: Db,
  { projectId, actor }: Grant,
  given: Pick<FrozenQuery, 'id' | 'noteId' | 'q' | 'items' | 'total'>,
): Promise<boolean> {
  const rows = await db
    .insert(frozenQueries)
    .values({ ...given, projectId, by: actor.userId })
    .onConflictDoNothing()
    .returning({ id: frozenQueries.id });
  return rows.length > 0;
}

/** A frozen query of a note, with those of its places that the Grant's actor may see; null when there is none. */
export async function selectFrozenQuery(
  db: Db,
  grant: Grant,
  noteId: string,
  id: string,
): Promise<FrozenQuery | null> {
  const [found] = await db
    .select({ row: frozenQueries, name: users.name })
    .from(frozenQueries)
    .innerJoin(users, eq(users.id, frozenQueries.by))
    .where(
      and(
        eq(frozenQueries.projectId, grant.projectId),
        eq(frozenQueries.noteId, noteId),
        eq(frozenQueries.id, id),
      ),
    );
  if (found === undefined) return null;
  const { row, name } = found;
  if (namesProtected(row.q, await selectProtected(db, grant)))
    return {
      ...row,
      q: HIDDEN_QUERY,
      by: { id: row.by, name },
      at: row.at.toISOString(),
      items: [],
      total: null,
    };
  const items = await visibleAmong(db, grant, row.items);
  // How many there were would tell how many are hidden.
  const total = items.length === row.items.length ? row.total : null;
  return { ...row, by: { id: row.by, name }, at: row.at.toISOString(), items, total };
}

/** Those that the Grant's actor may see now: by themselves, and by the mark or claim that they hang on. */
async function visibleAmong(db: Db, grant: Grant, items: readonly Found[]): Promise<Found[]> {
  const needed = items.map((item) => [item, needsOf(item)] as const);
  const ids = (kind: Judged) =>
    needed.flatMap(([, needs]) => needs.flatMap((need) => (need.kind === kind ? need.id : [])));
  const [marks, stated, raised] = [ids('annotation'), ids('claim'), ids('follow-up')];
  const [read, written] = [ids('source'), ids('note')];
  // One after the other: `db` may be a transaction, whose one connection answers one question at a time.
  const seen = [
    ...(marks.length === 0
      ? []
      : await db
          .select({ id: annotations.id })
          .from(annotations)
          .where(and(visibleTo(grant), inArray(annotations.id, marks)))),
    ...(stated.length === 0
      ? []
      : await db
          .select({ id: claims.id })
          .from(claims)
          .where(and(claimsVisibleTo(grant), inArray(claims.id, stated)))),
    ...(raised.length === 0
      ? []
      : await db
          .select({ id: followUps.id })
          .from(followUps)
          .where(and(followUpsVisibleTo(grant), inArray(followUps.id, raised)))),
    ...(read.length === 0
      ? []
      : await db
          .select({ id: sources.id })
          .from(sources)
          .where(and(sourcesVisibleTo(grant), inArray(sources.id, read)))),
    // What was found in a text may stand in a passage that is protected by now.
    ...(read.length === 0
      ? []
      : await db
          .select({ id: sql<string>`'text ' || ${sources.id}` })
          .from(sources)
          .where(and(inArray(sources.id, read), sql`${sources.id} <> all(${redactedFrom(grant.actor)})`))),
    ...(written.length === 0
      ? []
      : await db
          .select({ id: notes.id })
          .from(notes)
          .where(and(notesVisibleTo(grant), inArray(notes.id, written)))),
  ];
  const visible = new Set(seen.map(({ id }) => id));
  return needed.flatMap(([item, needs]) => (needs.every(({ id }) => visible.has(id)) ? item : []));
}

type Judged = 'annotation' | 'claim' | 'follow-up' | 'source' | 'text' | 'note';

/** What must be visible for this to be. Searches that older programs froze name no claim. */
function needsOf({
  kind,
  id,
  annotationId,
  sourceId,
  noteId,
  claimId = null,
}: Found): { kind: Judged; id: string }[] {
  return [
    ...(kind === 'claim' || kind === 'follow-up' ? [{ kind, id }] : []),
    ...(annotationId === null ? [] : [{ kind: 'annotation' as const, id: annotationId }]),
    ...(sourceId === null ? [] : [{ kind: 'source' as const, id: sourceId }]),
    ...(kind === 'source' ? [{ kind: 'text' as const, id: `text ${id}` }] : []),
    ...(noteId === null ? [] : [{ kind: 'note' as const, id: noteId }]),
    ...(claimId === null ? [] : [{ kind: 'claim' as const, id: claimId }]),
  ];
}
