'use client';

import { useSyncExternalStore } from 'react';

/** The secret of a link: behind `#`, where no server or log sees it, or in `?token=` when a mail program cut that off. */
export function tokenIn(location: { hash: string; search: string }): string {
  const behind = location.hash.slice(1);
  return (behind || new URLSearchParams(location.search).get('token') || '').trim();
}

const STASH = 'gloss:invitation';

/** Keeps an invitation in this tab while the person signs in. */
export function stashInvitation(token: string): void {
  sessionStorage.setItem(STASH, token);
}

/** Forgets the invitation once it is used. */
export function dropInvitation(): void {
  sessionStorage.removeItem(STASH);
}

/** The token in the address of this page; `null` until the page stands. */
export function useLinkToken(): string | null {
  return useSyncExternalStore(onAddress, () => tokenIn(window.location), unknown);
}

/** As `useLinkToken`, or the invitation that waits in this tab. */
export function useInvitationToken(): string | null {
  return useSyncExternalStore(
    onAddress,
    () => tokenIn(window.location) || (sessionStorage.getItem(STASH) ?? ''),
    unknown,
  );
}

const unknown = () => null;

function onAddress(tell: () => void): () => void {
  window.addEventListener('hashchange', tell);
  return () => window.removeEventListener('hashchange', tell);
}
