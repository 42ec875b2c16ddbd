import type { Grant } from './grant';

declare const vouched: unique symbol;

/**
 * A note that a Grant vouched for. A room serves many people at once and outlives each of them, so it
 * carries this instead of anybody's Grant.
 */
export type NoteKey = {
  readonly [vouched]: true;
  readonly projectId: string;
  readonly noteId: string;
};

/** The key of a note in the Grant's own project; a note of another project is simply not found with it. */
export function noteKeyOf(grant: Pick<Grant, 'projectId'>, noteId: string): NoteKey {
  return { projectId: grant.projectId, noteId } as NoteKey;
}
