import type { CarriedTarget, Standing } from './carry-target';

/**
 * Whether a version touched a mark, so that those it concerns are told: it changed the mark's words, or the mark can no
 * longer be placed, or what was said to be gone is there again. What an earlier version did is told once.
 */
export function isTouched(
  before: Pick<Standing, 'state' | 'isPlaced' | 'exact'>,
  target: Pick<CarriedTarget, 'outcome' | 'state' | 'place'>,
): boolean {
  if (before.state === 'orphan') return target.state === 'waiting';
  if (target.outcome === 'ambiguous' || target.outcome === 'lost') return before.isPlaced;
  // Not by the version that changed it: a change nobody has looked at yet stays the first one's.
  return target.place !== null && target.place.exact !== before.exact;
}
