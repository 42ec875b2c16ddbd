import type { Claim, Evidence } from '@/lib/claims/claim';

export const STANCES: Record<Evidence['stance'], { name: string; verb: string; colour: string }> = {
  supports: { name: 'Supports it', verb: 'supports', colour: 'emerald' },
  disputes: { name: 'Disputes it', verb: 'disputes', colour: 'rose' },
  context: { name: 'Gives context', verb: 'gives context to', colour: 'sky' },
};

export const CONFIDENCE: Record<NonNullable<Claim['confidence']>, string> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
};

/** How many passages stand for and against a claim, in words. */
export function evidenceWords(evidence: readonly Evidence[]): string {
  if (evidence.length === 0) return 'No evidence yet';
  const count = (stance: Evidence['stance']) => evidence.filter((one) => one.stance === stance).length;
  const parts = [
    [count('supports'), 'for'],
    [count('disputes'), 'against'],
    [count('context'), 'as context'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`)
    .join(', ');
}

/** How many sources a claim rests on and how many origins those have: what many repeat may come from one. */
export function originWords(sources: number, origins: number): string {
  if (sources === 0) return 'No source yet';
  const from = `${sources === 1 ? '1 source' : `${sources} sources`}`;
  return `${from}, ${origins === 1 ? '1 origin' : `${origins} origins`}`;
}

/** A day as people read it. */
export function dayWords(day: string): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
