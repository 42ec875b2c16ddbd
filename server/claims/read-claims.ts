import { type ClaimFilter, selectClaims } from '../../db/claims';
import { database } from '../../db/client';
import { selectPassages } from '../../db/evidence';
import { quoteOf } from '../../db/speakers/faces';
import type { Grant } from '../../lib/access/grant';
import { anchoringWords } from '../../lib/annotations/anchoring-words';
import type { Claim, EvidencePassage } from '../../lib/claims/claim';
import { toPage } from '../edit';
import { findClaim } from './find-claim';

/** The claims of a project, filtered, in the order they were made. */
export async function listClaims(grant: Grant, query: ClaimFilter & { limit: number; cursor?: string }) {
  const { limit, cursor, ...filter } = query;
  return toPage(await selectClaims(database(), grant, filter, { limit: limit + 1, cursor }), limit);
}

type Row = Awaited<ReturnType<typeof selectPassages>>[number];

/** What became of a passage since it was marked, the gravest first; `null` where there is nothing to say. */
function changedWords({ annotation, sourceDeleted, anchoring }: Row): string | null {
  if (sourceDeleted !== null) return 'The source was removed';
  if (annotation.deleted !== null) return 'The mark was deleted';
  return anchoringWords({ anchoring, version: annotation.version });
}

/** One claim, deleted or not, with the words of its passages as they stand. @throws AppError not-found. */
export async function getClaim(grant: Grant, id: string): Promise<Claim & { passages: EvidencePassage[] }> {
  const claim = await findClaim(database(), grant, id);
  const rows = await selectPassages(database(), grant, id);
  const passages = rows.map((row): EvidencePassage => {
    const { id: annotationId, sourceId, version, exact, prefix, suffix, motivation } = row.annotation;
    const { sourceTitle } = row;
    const place = { annotationId, sourceId, sourceTitle, version, exact, prefix, suffix };
    return {
      ...place,
      speaker: quoteOf(row.annotation, row.faces)?.speaker || null,
      motivation,
      changed: changedWords(row),
    };
  });
  return { ...claim, passages };
}
