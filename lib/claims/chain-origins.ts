import type { ChainLink, QuoteDetails } from '../annotations/quote';
import type { OriginLink } from './origins';

/** Where a passage's words come from by the chain of its quote: a source's id, or a name for what none of ours is. */
export type ChainOrigin = { readonly key: string; readonly label: string };

/** A name as it is compared: without accents, case and article, so that "the draft report" is "a draft report". */
const folded = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/^(?:the|an?|les?|la|une?)\s+|^l['’]/u, '')
    .replace(/\s+/gu, ' ')
    .trim();

/**
 * The origin that a quote names: the first link of its chain, which is nearest to whoever spoke; `null` where it names none.
 * Two quotes that name the same source, speaker or document have one origin.
 */
export function originOfQuote(quote: Pick<QuoteDetails, 'chain'> | null): ChainOrigin | null {
  const first: ChainLink | undefined = quote?.chain[0];
  if (first === undefined) return null;
  const { role, label, sourceId, speakerId } = first;
  if (sourceId !== null) return { key: sourceId, label };
  if (speakerId !== null) return { key: `speaker:${speakerId}`, label: '' };
  return folded(label) === '' ? null : { key: `${role}:${folded(label)}`, label };
}

/**
 * Links that the chains of a claim's evidence add to those between sources: a source all of whose passages are quotes that
 * came through something has them from there. One with a passage of its own stays an origin as far as the chains go.
 */
export function chainLinks(
  evidence: readonly { readonly sourceId: string; readonly origin: ChainOrigin | null }[],
): OriginLink[] {
  return [...Map.groupBy(evidence, ({ sourceId }) => sourceId)].flatMap(([sourceId, passages]) => {
    const keys = new Set(passages.map(({ origin }) => origin?.key ?? null));
    if (keys.has(null)) return [];
    return [...keys].flatMap((originId) =>
      originId === null || originId === sourceId ? [] : [{ sourceId, originId }],
    );
  });
}
