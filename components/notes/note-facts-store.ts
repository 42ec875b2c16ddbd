import type { IDBPDatabase } from 'idb';

/** The Yjs client ids this person wrote under on this machine, and how many changes of each are not confirmed. */
export type OwnIds = ReadonlyMap<number, number>;

/** What a note's database holds beside its text. */
export type KeptFacts = {
  /** Whether the note has come from the server before, so that what is here is a note and not a beginning of one. */
  readonly came: boolean;
  readonly own: OwnIds;
  /** The state vector the server confirmed last, in Yjs' own encoding. */
  readonly saved: Uint8Array | null;
  /** The version of the note's schema that the text was written under; null in a database from before it was written down. */
  readonly schema: number | null;
};

/** Where the facts stand, beside what y-indexeddb keeps there. */
export const FACTS = 'custom';
export const OWN = 'own/';

/** Reads what stands beside the text. */
export async function readFacts(db: IDBPDatabase): Promise<KeptFacts> {
  const { store } = db.transaction(FACTS);
  const keys = await store.getAllKeys(IDBKeyRange.bound(OWN, `${OWN}\uffff`));
  const own = new Map<number, number>();
  for (const key of keys) own.set(Number(String(key).slice(OWN.length)), Number(await store.get(key)));
  const came: unknown = await store.get('came');
  const saved: unknown = await store.get('saved');
  const schema: unknown = await store.get('schema');
  return {
    came: came === true,
    own,
    saved: saved instanceof Uint8Array ? saved : null,
    schema: typeof schema === 'number' ? schema : null,
  };
}

/**
 * How many changes wait under each of our ids. The counts were written beside the changes; where a count was cut off,
 * the document's clock against what the server last confirmed tells that something waits.
 */
export function waitingOf(
  counts: OwnIds,
  document: ReadonlyMap<number, number>,
  saved: ReadonlyMap<number, number>,
): Map<number, number> {
  const waiting = new Map<number, number>();
  for (const [id, count] of counts) {
    const isAhead = (document.get(id) ?? 0) > (saved.get(id) ?? 0);
    if (count > 0 || isAhead) waiting.set(id, Math.max(count, 1));
  }
  return waiting;
}
