import type { GuestLinkKind } from '@/lib/guests/guest-link';

/** What a link is to show: the id of a source or note, or those of claims. */
export type Shown = { readonly kind: GuestLinkKind; readonly ids: readonly string[] };
