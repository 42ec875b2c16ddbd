import type { RaisedBy } from '@/lib/follow-ups/follow-up';
import type { Change } from './changes';

/** What one part of the page asks of another without knowing it: nouns do not import each other. */
type Signals = {
  /** Show this passage in the reader: scroll to it, flash it, open its card. */
  'annotation.focus': { annotationId: string };
  /** The server refused a change; whoever has the form for it opens it again with what was typed. */
  'change.refused': { change: Change };
  /** A version of this note was kept or named. */
  'note.versions': { noteId: string };
  /** Sentences of this note were signed off, or are no longer. */
  'note.sign-offs': { noteId: string };
  /** A version of this note was brought back. */
  'note.restored': { noteId: string };
  /** Somebody wants to ask something or set a task about this. */
  'follow-up.raise': { raisedBy: RaisedBy | null; wording: string };
  /** Show this follow-up whole. */
  'follow-up.open': { id: string };
  /** The notices of whoever is signed in here may be others now. */
  notices: Record<string, never>;
  /** The webhooks of this project are others now. */
  webhooks: Record<string, never>;
  /** A webhook of whoever is signed in here was told something, or is to be; `null` where it may be any of theirs. */
  'webhook.deliveries': { webhookId: string | null };
  /** The watch on a source is another now. */
  'source.watch': { sourceId: string };
};

type Listener<K extends keyof Signals> = (detail: Signals[K]) => void;
const listeners: { [K in keyof Signals]: Set<Listener<K>> } = {
  'annotation.focus': new Set(),
  'change.refused': new Set(),
  'note.versions': new Set(),
  'note.sign-offs': new Set(),
  'note.restored': new Set(),
  'follow-up.raise': new Set(),
  'follow-up.open': new Set(),
  notices: new Set(),
  webhooks: new Set(),
  'webhook.deliveries': new Set(),
  'source.watch': new Set(),
};

/** Tells whoever listens on this page. Returns whether anybody did. */
export function signal<K extends keyof Signals>(name: K, detail: Signals[K]): boolean {
  for (const listener of listeners[name]) listener(detail);
  return listeners[name].size > 0;
}

/** Listens until the returned function is called. */
export function onSignal<K extends keyof Signals>(name: K, listener: Listener<K>): () => void {
  listeners[name].add(listener);
  return () => {
    listeners[name].delete(listener);
  };
}
