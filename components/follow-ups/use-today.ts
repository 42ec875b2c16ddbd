'use client';
import { useSyncExternalStore } from 'react';
import { dayHere } from '@/lib/follow-ups/due';

const EVERY_MS = 30_000;

function subscribe(listener: () => void): () => void {
  const timer = setInterval(listener, EVERY_MS);
  return () => clearInterval(timer);
}

/** The day it is for whoever looks, YYYY-MM-DD; a page that stays open goes along with midnight. */
export function useToday(): string {
  return useSyncExternalStore(
    subscribe,
    () => dayHere(new Date()),
    // The server does not know where its reader is.
    () => new Date().toISOString().slice(0, 10),
  );
}
