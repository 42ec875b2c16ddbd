import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { ProjectSnapshot, SourceSnapshot } from '@/lib/live/snapshot';
import type { Pending } from './changes';
import type { Refused } from './refused';

/** Raised when what is stored changes its shape; `upgrade` then says what becomes of the old rows. */
const VERSION = 1;

type Of = { personId: string; projectId: string };
export type KeptChange = Of & Pending;
export type KeptRefusal = Of & Refused;
export type KeptProject = Of & { at: number; snapshot: ProjectSnapshot };
export type KeptSource = Of & { sourceId: string; at: number; snapshot: SourceSnapshot };
/** A note with changes that Postgres has not confirmed; its text is in a database of its own. */
export type KeptNote = Of & { noteId: string; waiting: number };

/** Everything is keyed by the person first: whoever signs in next on this machine never reads another's rows. */
interface Kept extends DBSchema {
  changes: { key: [string, string, string]; value: KeptChange };
  refused: { key: [string, string, string]; value: KeptRefusal };
  projects: { key: [string, string]; value: KeptProject };
  sources: { key: [string, string, string]; value: KeptSource };
  notes: { key: [string, string, string]; value: KeptNote };
  /** Whose page was open last, for a page that starts without a connection. */
  person: { key: string; value: string };
}
export type KeptDb = IDBPDatabase<Kept>;
export const STORES = ['changes', 'refused', 'projects', 'sources', 'notes'] as const;

let opened: Promise<KeptDb> | undefined;

/** The one database of this page. @throws when the browser keeps nothing, for example in a private window. */
export function keptDb(): Promise<KeptDb> {
  const forget = () => {
    opened = undefined;
  };
  opened ??= openDB<Kept>('gloss', VERSION, {
    upgrade(db) {
      db.createObjectStore('changes', { keyPath: ['personId', 'projectId', 'key'] });
      db.createObjectStore('refused', { keyPath: ['personId', 'projectId', 'key'] });
      db.createObjectStore('projects', { keyPath: ['personId', 'projectId'] });
      db.createObjectStore('sources', { keyPath: ['personId', 'projectId', 'sourceId'] });
      db.createObjectStore('notes', { keyPath: ['personId', 'projectId', 'noteId'] });
      db.createObjectStore('person');
    },
    blocking(_current, _blocked, event) {
      forget();
      (event.target as IDBDatabase).close();
    },
    terminated: forget,
  });
  opened.catch(forget);
  return opened;
}

/** All rows of a person, or of one project of theirs. */
export function rowsOf(personId: string, projectId?: string): IDBKeyRange {
  // An empty list sorts after every string: the range ends behind the person's last row.
  return projectId === undefined
    ? IDBKeyRange.bound([personId], [personId, []])
    : IDBKeyRange.bound([personId, projectId], [personId, projectId, []]);
}
