import type { Grant } from './grant';

/** What visibility is judged by: the fields of a row that can hide it. */
export type Visible = { readonly projectId: string; readonly creatorId: string };

/**
 * Whether the holder of this Grant may see this annotation (or what hangs on it).
 * Its SQL twin is `visibleTo` in `db/access.ts`; a test runs both on random rows.
 */
export function canSee(grant: Pick<Grant, 'projectId'>, row: Visible): boolean {
  return row.projectId === grant.projectId;
}
