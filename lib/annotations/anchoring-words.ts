import type { Annotation } from './annotation';

/** What versions of the source did to a mark, in a few words; null where there is nothing to say. */
export function anchoringWords({
  anchoring,
  version,
}: Pick<Annotation, 'anchoring' | 'version'>): string | null {
  if (anchoring === null) return null;
  if (anchoring.state === 'orphan') return `Gone from version ${anchoring.version}`;
  if (version < anchoring.version) return `No place yet in version ${anchoring.version}`;
  if (anchoring.changedIn !== null) return `Text changed in version ${anchoring.changedIn}`;
  return anchoring.state === 'waiting' ? 'Its place is not confirmed' : null;
}
