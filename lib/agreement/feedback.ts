import { disagreementsOf, type PlacedCoding } from './disagreements';
import { SPAN_F1 } from './span-overlap';

/** What a coder can learn from how an expert coded the same source: places counted, and how much of the text both gave a code. */
export type Feedback = {
  /** Same words, same code. */
  readonly same: number;
  /** Same code, with other begins or ends. */
  readonly boundary: number;
  /** Other codes on the same words. */
  readonly code: number;
  /** Marked by the coder alone. */
  readonly alone: number;
  /** Marked by the expert alone. */
  readonly missed: number;
  /** Span F1 over characters and codes (Hripcsak & Rothschild 2005), 0 to 1; `null` where neither marked anything. */
  readonly f1: number | null;
};

/** Compares a coder's codings of one source with an expert's; those of others are left out. */
export function feedbackOf(
  codings: readonly PlacedCoding[],
  { coderId, expertId }: { readonly coderId: string; readonly expertId: string },
): Feedback {
  const coders = [coderId, expertId];
  const theirs = codings.filter((one) => coders.includes(one.coderId));
  const places = disagreementsOf(theirs, () => coders);
  const count = (kind: string) => places.filter((place) => place.kind === kind).length;
  const onlyBy = (id: string) =>
    places.filter(({ kind, codings: at }) => kind === 'only-one' && at.some((one) => one.coderId === id))
      .length;
  const f1 = SPAN_F1.of(
    [
      {
        source: theirs[0]?.sourceId ?? '',
        start: 0,
        end: Math.max(0, ...theirs.map(({ end }) => end)),
        coders,
        codings: theirs.map(({ coderId: coder, codeId, sourceId, start, end }) => ({
          ...{ coder, code: codeId, source: sourceId, start, end },
        })),
      },
    ],
    { seed: 1 },
  );
  return {
    ...{ same: count('same'), boundary: count('boundary'), code: count('code') },
    ...{ alone: onlyBy(coderId), missed: onlyBy(expertId) },
    f1: 'value' in f1 ? f1.value : null,
  };
}
