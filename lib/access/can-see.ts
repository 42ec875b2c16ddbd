import type { Grant } from './grant';

/** What visibility is judged by: the fields of a row that can hide it. */
export type Visible = {
  /** The annotation's own id, or that of the one it hangs on. */
  readonly id?: string;
  readonly projectId: string;
  readonly creatorId: string;
  /** Who alone may see it (a mark of a blind pass, or what hangs on one); `null`: every member. */
  readonly seenBy: readonly string[] | null;
};

/** Who looks. */
export type Viewer = {
  readonly projectId: string;
  readonly actor: Pick<Grant['actor'], 'userId'>;
  /** The annotations that a guest's link shows; all others are hidden from them. A member has no such list. */
  readonly only?: readonly string[];
};

/**
 * Whether the holder of this Grant may see this annotation (or what hangs on it).
 * Its SQL twin is `visibleTo` in `db/access.ts`; a test runs both on random rows.
 */
export function canSee(grant: Viewer, row: Visible): boolean {
  return (
    row.projectId === grant.projectId &&
    (row.seenBy === null || row.seenBy.includes(grant.actor.userId)) &&
    (grant.only === undefined || (row.id !== undefined && grant.only.includes(row.id)))
  );
}
