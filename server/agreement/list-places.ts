import type { Grant } from '../../lib/access/grant';
import type { AgreementPlace, AgreementPlaces } from '../../lib/agreement/answer';
import { pairsAt } from '../../lib/agreement/confusion';
import { type Disagreement, disagreementsOf } from '../../lib/agreement/disagreements';
import { firstWords, lastWords } from '../../lib/words/around';
import { passToCompare, readCompared, whyHidden, whyNothing } from './compared';

/** UTF-16 units of text around a place. */
const AROUND = 80;

/**
 * The places behind a figure, those that cost most first, then by kind as they stand. Whoever may not see others' work yet
 * gets none and is told why. @throws AppError not-found, invalid.
 */
export async function listPlaces(
  grant: Grant,
  passId: string,
  { kind, disputed, until, one, other, limit, cursor, ...filter }: AgreementPlaces,
): Promise<{ items: AgreementPlace[]; total: number; nextCursor: string | null; nothing: string | null }> {
  const pass = await passToCompare(grant, passId, filter);
  const hidden = whyHidden(grant, pass);
  if (hidden !== null) return { items: [], total: 0, nextCursor: null, nothing: hidden };
  const compared = await readCompared(grant, pass, filter);
  const sources = new Map(compared.scope.sources.map((source) => [source.id, source]));
  const codings = compared.codings.filter(({ day }) => until === undefined || day <= until);
  const found = disagreementsOf(codings, (id) => sources.get(id)?.coders ?? [])
    .filter((place) => (kind ?? place.kind) === place.kind && !(disputed && place.kind === 'same'))
    .filter((place) => isInCell(place, one, other))
    .sort((a, b) => b.cost - a.cost);
  const next = cursor + limit;
  return {
    items: found.slice(cursor, next).map((place) => {
      const text = sources.get(place.sourceId)?.text ?? '';
      return {
        ...place,
        codings: place.codings.map((coding) => ({
          ...coding,
          start: coding.start - place.start,
          end: coding.end - place.start,
        })),
        sourceTitle: compared.titles.get(place.sourceId) ?? '',
        before: lastWords(text.slice(0, place.start), AROUND),
        exact: text.slice(place.start, place.end),
        after: firstWords(text.slice(place.end), AROUND),
      };
    }),
    total: found.length,
    nextCursor: next < found.length ? String(next) : null,
    nothing: whyNothing(compared, compared.codings.length),
  };
}

function isInCell(place: Disagreement, one?: string, other?: string): boolean {
  if (one === undefined) return true;
  const wanted = other === 'none' ? null : other;
  return pairsAt(place).some((pair) => {
    if (wanted === undefined) return pair.one === one || pair.other === one;
    return (pair.one === one && pair.other === wanted) || (pair.one === wanted && pair.other === one);
  });
}
