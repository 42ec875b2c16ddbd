import type { DisputedCoding, NewDecision } from './decision';

type Held = { readonly codeId: string; readonly start: number; readonly end: number };

/**
 * The coding that a decision makes hold: the accepted one; what all codings cover together, under the code that is named or
 * that most of them have; or a third. `null` where the decision settles nothing, or names a coding that is not among them.
 */
export function heldBy(
  codings: readonly DisputedCoding[],
  { outcome, accepted, third }: Pick<NewDecision, 'outcome' | 'accepted' | 'third'>,
): Held | null {
  const named = codings.find(
    (one) => one.annotationId === accepted?.annotationId && one.codeId === accepted.codeId,
  );
  if (outcome === 'third') return third ?? null;
  if (outcome === 'accept')
    return named === undefined ? null : { codeId: named.codeId, start: named.start, end: named.end };
  if (outcome !== 'merge' || codings.length === 0) return null;
  return {
    codeId: accepted?.codeId ?? mostUsed(codings),
    start: Math.min(...codings.map(({ start }) => start)),
    end: Math.max(...codings.map(({ end }) => end)),
  };
}

/** The code that most of these codings have; of those that are even, the one of the longest coding. */
export function mostUsed(codings: readonly DisputedCoding[]): string {
  const used = new Map<string, { times: number; longest: number }>();
  for (const { codeId, start, end } of codings) {
    const known = used.get(codeId) ?? { times: 0, longest: 0 };
    used.set(codeId, { times: known.times + 1, longest: Math.max(known.longest, end - start) });
  }
  const [first] = [...used].sort(([, a], [, b]) => b.times - a.times || b.longest - a.longest);
  return first?.[0] ?? '';
}

/** Names a set of codings, in whatever order they come: the same marks with the same codes are the same set. */
export function namesOf(codings: readonly Pick<DisputedCoding, 'annotationId' | 'codeId'>[]): string {
  return codings
    .map(({ annotationId, codeId }) => `${annotationId}:${codeId}`)
    .sort()
    .join();
}
