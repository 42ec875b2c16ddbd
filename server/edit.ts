import { AppError } from '../lib/errors';

/**
 * The revision an edit starts from: the one the caller names in If-Match, else the current one.
 * @throws AppError conflict when the object has moved on since the caller read it.
 */
export function baseRevision(current: { revision: number }, ifMatch: number | null): number {
  if (ifMatch !== null && ifMatch !== current.revision) throw changedMeanwhile();
  return current.revision;
}

/** What is answered when somebody else changed the object first. */
export function changedMeanwhile(): AppError {
  return new AppError('conflict', 'Somebody changed this meanwhile. Load it again, then make your change.');
}

/** What is answered when somebody worked from another version of a source than the current one. */
export function newerVersion(read: number, current: number): AppError {
  return new AppError(
    'conflict',
    `The source has a newer version (${current}; you worked from ${read}). Load it, then make your change there.`,
    { details: { reason: 'version', version: current } },
  );
}

/** What is answered when an id does not exist in the project, or is hidden: both look the same. */
export function notFound(what: string): AppError {
  return new AppError('not-found', `There is no such ${what} in this project.`);
}

/** Cuts a page out of one more row than was asked for. */
export function toPage<T extends { id: string }>(
  rows: T[],
  limit: number,
): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
