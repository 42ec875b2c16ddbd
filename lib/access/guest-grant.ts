import type { GuestLink } from '../guests/guest-link';
import { GUESTS_ALLOWED, type GuestAction, type GuestMode } from './roles';

declare const admitted: unique symbol;

/**
 * Proof that the gate let a guest in to the one thing their link shows. Only `server/access/authorize-guest.ts` makes one. It is
 * no `Grant`: nothing that asks for a member's takes it.
 */
export type GuestGrant = {
  readonly [admitted]: true;
  readonly projectId: string;
  /** The guest as one who looks: no user has this id. */
  readonly actor: { readonly userId: string; readonly name: string; readonly ip: string | null };
  /** The annotations that may be shown, which `canSee` and its twin in SQL hold to. */
  readonly only: readonly string[];
  readonly link: Pick<
    GuestLink,
    | 'id'
    | 'kind'
    | 'mode'
    | 'sourceId'
    | 'version'
    | 'claimIds'
    | 'noteId'
    | 'message'
    | 'showNames'
    | 'expires'
  > & { readonly creatorId: string };
};

/** Whether a link of this mode lets its guests do this, by the table in `roles.ts`. */
export function guestCan(mode: GuestMode, action: GuestAction): boolean {
  const modes: readonly GuestMode[] = GUESTS_ALLOWED[action];
  return modes.includes(mode);
}
