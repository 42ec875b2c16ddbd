import type { Coding, Continuum } from '../agreement/ratings';
import { SPAN_F1, SPAN_JACCARD } from '../agreement/span-overlap';
import { UNITIZING_ALPHA } from '../agreement/unitizing-alpha';
import type { AgreementRecord, Decision } from './decision';
import { isSettled } from './decision';

/** What is kept of the agreement of a pass. */
const MEASURES = [SPAN_F1, SPAN_JACCARD, UNITIZING_ALPHA];
/** None of these draws; they are asked for one all the same. */
const SEED = 1;

/** A source that coders coded: its current version, and the length of that text in UTF-16 units. */
export type CodedText = {
  readonly id: string;
  readonly version: number;
  readonly length: number;
  readonly coders: readonly string[];
};

/** The measures kept of a pass, over its sources. */
export function agreementOf(
  sources: readonly CodedText[],
  codings: readonly Coding[],
): AgreementRecord['figures'] {
  const bySource = Map.groupBy(codings, ({ source }) => source);
  const continua: Continuum[] = sources.map(({ id, length, coders }) => ({
    source: id,
    start: 0,
    end: length,
    coders,
    codings: (bySource.get(id) ?? []).filter(({ coder }) => coders.includes(coder)),
  }));
  return MEASURES.map(({ id, name, of }) => {
    const outcome = of(continua, { seed: SEED });
    return 'value' in outcome
      ? { id, name, value: outcome.value, reason: null }
      : { id, name, value: null, reason: outcome.reason };
  });
}

/**
 * The codings as if each coder of a source had made what was decided, in place of what they made there. What was decided in a
 * text that is no longer the current one, and has no certain place in it, changes nothing.
 */
export function codingsAfter(
  sources: readonly CodedText[],
  codings: readonly (Coding & { readonly annotationId: string })[],
  decisions: readonly Decision[],
): Coding[] {
  const current = new Map(sources.map((source) => [source.id, source]));
  const settled = decisions.filter(
    (one) =>
      isSettled(one) && one.gold.every(({ version }) => version === current.get(one.sourceId)?.version),
  );
  const replaced = new Set(
    settled.flatMap((one) => one.codings.map(({ annotationId, codeId }) => `${annotationId}:${codeId}`)),
  );
  const kept = codings.filter(({ annotationId, code }) => !replaced.has(`${annotationId}:${code}`));
  const made = settled.flatMap(({ sourceId, gold }) =>
    (current.get(sourceId)?.coders ?? []).flatMap((coder) =>
      gold.map(({ codeId, start, end }) => ({ coder, source: sourceId, code: codeId, start, end })),
    ),
  );
  return [...kept, ...made];
}
