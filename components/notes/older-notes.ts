import { deleteDB, openDB } from 'idb';
import * as Y from 'yjs';
import { type SchemaStep, stepsFrom } from '@/lib/notes/schema-steps';
import { NOTE_SCHEMA_VERSION } from '@/lib/notes/schema-version';
import { unsentWords } from '@/lib/notes/unsent-words';
import { noteDatabases } from '../live/kept';
import { type KeptFacts, type OwnIds, readFacts, waitingOf } from './note-facts-store';

/** What an older page kept of a note and could not send before Gloss was updated. */
export type OlderNote =
  /** It can be taken over: the note's document of now, as an update, and what waits in it. */
  | { readonly kind: 'taken'; readonly update: Uint8Array; readonly own: OwnIds; readonly came: boolean }
  /** It can't be: the words of it, and how many changes wait. */
  | { readonly kind: 'words'; readonly words: string; readonly waiting: number };

/**
 * What becomes of a document that was kept under an older schema: null when nothing waits in it that would be lost.
 * With a step for each version between it is made into one of now, apart from the note's own document: nothing of an
 * older schema may come into that.
 */
export function judgeOlder(
  doc: Y.Doc,
  facts: KeptFacts,
  schema: number,
  steps?: ReadonlyMap<number, SchemaStep>,
): OlderNote | null {
  const saved = facts.saved ? Y.decodeStateVector(facts.saved) : new Map<number, number>();
  const own = waitingOf(facts.own, Y.decodeStateVector(Y.encodeStateVector(doc)), saved);
  if (own.size === 0) return null;
  const found = stepsFrom(schema, steps);
  if (found !== null) {
    const before = Y.encodeStateVector(doc);
    for (const step of found) step(doc);
    // What the steps changed is this person's to send as well.
    const isChanged = Y.encodeStateAsUpdate(doc, before).length > EMPTY_UPDATE_BYTES;
    if (isChanged) own.set(doc.clientID, 1);
    return { kind: 'taken', update: Y.encodeStateAsUpdate(doc), own, came: facts.came };
  }
  const words = unsentWords(doc, own.keys(), saved);
  const waiting = [...own.values()].reduce((sum, count) => sum + count, 0);
  return words === '' ? null : { kind: 'words', words, waiting };
}

const EMPTY_UPDATE_BYTES = 2;

/** One database of an older schema, and what is to become of it. */
export type Older = { readonly name: string; readonly note: OlderNote };

/** What older pages of this person kept of a note, oldest first. Where nothing waits, the database is taken away. */
export async function readOlder(personId: string, projectId: string, noteId: string): Promise<Older[]> {
  const found: Older[] = [];
  for (const { name, schema } of await noteDatabases(personId, projectId, noteId)) {
    if (schema >= NOTE_SCHEMA_VERSION) continue;
    const db = await openDB(name);
    const doc = new Y.Doc();
    let facts: KeptFacts | null = null;
    if (db.objectStoreNames.contains('updates') && db.objectStoreNames.contains('custom')) {
      for (const update of (await db.getAll('updates')) as Uint8Array[]) Y.applyUpdate(doc, update);
      facts = await readFacts(db);
    }
    db.close();
    const note = facts && judgeOlder(doc, facts, facts.schema ?? schema);
    doc.destroy();
    if (note === null) await deleteDB(name);
    else found.push({ name, note });
  }
  return found;
}

/** Takes databases of older schemas away, once what was in them is elsewhere. */
export async function dropOlder(names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => deleteDB(name)));
}
