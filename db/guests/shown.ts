import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Grant } from '../../lib/access/grant';
import type { GuestGrant } from '../../lib/access/guest-grant';
import type { GuestPage } from '../../lib/guests/guest-page';
import type { Quoted } from '../../lib/guests/note-blocks';
import { claimsVisibleTo, SEEN_BY, sourcesVisibleTo, type Viewer, visibleTo } from '../access';
import { asRead } from '../access/kept';
import type { Db } from '../client';
import { annotations } from '../schema/annotations';
import { claims, evidence } from '../schema/claims';
import { noteChips } from '../schema/notes';
import { sources, sourceTexts } from '../schema/sources';
import { annotationTargets } from '../schema/targets';
import { FACES, quoteOf } from '../speakers/faces';

/** The title of a source and its text as of one version; `null` when it was removed. */
export async function selectShownSource(
  db: Db,
  grant: GuestGrant,
): Promise<{ title: string; text: string } | null> {
  const { link } = grant;
  const [row] = await db
    .select({ title: sources.title, text: asRead(grant, 'text') })
    .from(sources)
    .innerJoin(sourceTexts, eq(sourceTexts.sourceId, sources.id))
    .where(
      and(
        sourcesVisibleTo(grant),
        isNull(sources.deleted),
        eq(sources.id, link.sourceId as string),
        eq(sourceTexts.version, link.version as number),
      ),
    );
  return row ?? null;
}

/** The marks that a guest is shown where they stand in the version of their link; speakers by the names that may be shown. */
export async function selectShownMarks(db: Db, grant: GuestGrant): Promise<GuestPage['marks']> {
  const rows = await db
    .select({ mark: annotations, faces: FACES, target: annotationTargets })
    .from(annotations)
    .innerJoin(annotationTargets, eq(annotationTargets.annotationId, annotations.id))
    .where(
      and(
        visibleTo(grant),
        isNull(annotations.deleted),
        eq(annotations.sourceId, grant.link.sourceId as string),
        eq(annotationTargets.version, grant.link.version as number),
        isNotNull(annotationTargets.start),
      ),
    )
    .orderBy(asc(annotationTargets.start), asc(annotations.id));
  return rows.map(({ mark, faces, target }) => ({
    id: mark.id,
    start: target.start as number,
    end: target.end as number,
    exact: target.exact as string,
    speaker: quoteOf(mark, faces)?.speaker ?? '',
  }));
}

/** The claims of a link that are still there, in the order they were chosen, with the passages that are shown. */
export async function selectShownClaims(db: Db, grant: GuestGrant): Promise<GuestPage['claims']> {
  const { claimIds } = grant.link;
  if (claimIds.length === 0) return [];
  const rows = await db
    .select({ id: claims.id, wording: claims.wording })
    .from(claims)
    .where(and(claimsVisibleTo(grant), isNull(claims.deleted), inArray(claims.id, claimIds)));
  const quotes = await db
    .select({ claimId: evidence.claimId, stance: evidence.stance, mark: annotations, faces: FACES })
    .from(evidence)
    .innerJoin(annotations, eq(annotations.id, evidence.annotationId))
    .innerJoin(sources, eq(sources.id, annotations.sourceId))
    .where(
      and(
        visibleTo(grant),
        isNull(annotations.deleted),
        isNull(sources.deleted),
        inArray(evidence.claimId, claimIds),
      ),
    )
    .orderBy(asc(evidence.created), asc(evidence.id));
  const brought = Map.groupBy(quotes, ({ claimId }) => claimId);
  return rows
    .sort((a, b) => claimIds.indexOf(a.id) - claimIds.indexOf(b.id))
    .map(({ id, wording }) => ({
      id,
      wording,
      quotes: (brought.get(id) ?? []).map(({ stance, mark, faces }) => ({
        id: mark.id,
        stance,
        exact: mark.exact,
        speaker: quoteOf(mark, faces)?.speaker ?? '',
      })),
    }));
}

/** The passages that a link to a note shows, by the ids of their marks. */
export async function selectShownQuotes(db: Db, grant: GuestGrant): Promise<Map<string, Quoted>> {
  const rows = await db
    .select({ mark: annotations, faces: FACES })
    .from(annotations)
    .innerJoin(sources, eq(sources.id, annotations.sourceId))
    .where(and(visibleTo(grant), isNull(annotations.deleted), isNull(sources.deleted)));
  return new Map(
    rows.map(({ mark, faces }) => [
      mark.id,
      { exact: mark.exact, speaker: quoteOf(mark, faces)?.speaker ?? '' },
    ]),
  );
}

/** The marks of a source, or the passages of claims or in a note, that a new link may show: what everybody in the project may see. */
export async function selectMarksToShow(
  db: Db,
  grant: Grant & Viewer,
  of:
    | { readonly sourceId: string; readonly quotesOnly: boolean }
    | { readonly claimIds: readonly string[] }
    | { readonly noteId: string },
): Promise<string[]> {
  const open = and(visibleTo(grant), isNull(SEEN_BY), isNull(annotations.deleted));
  if ('claimIds' in of) {
    const rows = await db
      .selectDistinct({ id: annotations.id })
      .from(evidence)
      .innerJoin(annotations, eq(annotations.id, evidence.annotationId))
      .where(and(open, inArray(evidence.claimId, [...of.claimIds])));
    return rows.map(({ id }) => id);
  }
  if ('noteId' in of) {
    const rows = await db
      .select({ id: annotations.id })
      .from(noteChips)
      .innerJoin(annotations, eq(annotations.id, noteChips.annotationId))
      .where(and(open, eq(noteChips.noteId, of.noteId)));
    return rows.map(({ id }) => id);
  }
  const rows = await db
    .select({ id: annotations.id })
    .from(annotations)
    .where(
      and(
        open,
        eq(annotations.sourceId, of.sourceId),
        of.quotesOnly ? eq(annotations.motivation, 'quoting') : undefined,
      ),
    );
  return rows.map(({ id }) => id);
}
