import type { CarriedTarget, Standing } from './carry-target';

/**
 * Whether a version touched a mark, so that those it concerns are told: it changed the mark's words, or the mark can no
 * longer be placed, or what was said to be gone is there again. What an earlier version did is told once.
 */
export function isTouched(
  before: Pick<Standing, 'state' | 'isPlaced'>,
  target: Pick<CarriedTarget, 'version' | 'outcome' | 'state' | 'changedIn'>,
): boolean {
  if (before.state === 'orphan') return target.state === 'waiting';
  if (target.outcome === 'ambiguous' || target.outcome === 'lost') return before.isPlaced;
  return target.changedIn === target.version;
}
