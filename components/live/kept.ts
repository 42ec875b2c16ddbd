import { deleteDB } from 'idb';
import type { ProjectSnapshot, SourceSnapshot } from '@/lib/live/snapshot';
import { NOTE_SCHEMA_VERSION } from '@/lib/notes/schema-version';
import type { Thread } from '@/lib/threads/thread';
import { grownProject, grownSource } from './grown';
import { type KeptNote, keptDb, rowsOf, STORES } from './kept-db';
import type { ProjectState } from './project-state';

const DAY = 86_400_000;
/** What was not looked at for so long is not kept for reading any more. */
const KEEP_READING_MS = 30 * DAY;

/** People, and projects of theirs, that this page wiped: what is still under way must not bring them back. */
const wiped = new Set<string>();
const isWiped = (personId: string, projectId: string) =>
  wiped.has(personId) || wiped.has(`${personId}/${projectId}`);

/**
 * The database of a note's text on this machine: of one person, one note, and one schema. A page with another schema
 * has another database, so that it can't carry over nodes that this one would delete.
 */
export function noteDatabase(personId: string, projectId: string, noteId: string): string {
  return `${nameBefore(personId, projectId, noteId)}${NOTE_SCHEMA_VERSION}`;
}

const nameBefore = (...of: [personId: string, projectId: string, noteId: string]) =>
  `gloss-note:${of.join(':')}:v`;

/** All databases of a note's text that there are here, of whatever schema version, the lowest first. */
export async function noteDatabases(
  personId: string,
  projectId: string,
  noteId: string,
): Promise<{ name: string; schema: number }[]> {
  const start = nameBefore(personId, projectId, noteId);
  return (await indexedDB.databases())
    .flatMap(({ name = '' }) =>
      name.startsWith(start) ? [{ name, schema: Number(name.slice(start.length)) }] : [],
    )
    .filter(({ schema }) => Number.isSafeInteger(schema))
    .sort((one, other) => one.schema - other.schema);
}

/** The project as this page knows it, without what waits and without what is not needed to read on. */
export function projectSnapshotOf(state: ProjectState): ProjectSnapshot {
  const { base } = state;
  return {
    me: state.me,
    project: state.project,
    members: [...base.members.values()].map((member) => ({ ...member, email: '' })),
    sources: [...base.sources.values()],
    codes: [...base.codes.values()],
    speakers: [...base.speakers.values()].filter(({ deleted }) => deleted === null),
    notes: [...base.notes.values()],
    claims: [...base.claims.values()].filter(({ deleted }) => deleted === null),
    claimStatuses: state.claimStatuses,
    followUps: [...base.followUps.values()].filter(({ deleted }) => deleted === null),
    passes: [...base.passes.values()].filter(({ deleted }) => deleted === null),
    rest: { claims: state.coming.get('claims') ?? null, followUps: state.coming.get('followUps') ?? null },
    lastEventId: state.lastEventId,
  };
}

/** A source as this page knows it now: the snapshot it began with, and all that happened since. */
export function sourceSnapshotOf(state: ProjectState, began: SourceSnapshot): SourceSnapshot {
  const { base } = state;
  const sourceId = began.source.id;
  const annotations = [...base.annotations.values()].filter((one) => one.sourceId === sourceId);
  // What an older log tells of a discussion names its mark alone.
  const marks = new Set(annotations.map(({ id }) => id));
  const isBeside = ({ sourceId: beside, annotationId }: Thread) =>
    beside === null ? annotationId !== null && marks.has(annotationId) : beside === sourceId;
  return {
    source: { ...(base.sources.get(sourceId) ?? began.source), text: began.source.text },
    html: began.html,
    version: began.version,
    protectedPassages: began.protectedPassages,
    annotations,
    threads: [...base.threads.values()].filter(isBeside),
    note: base.notes.get(began.note.id) ?? began.note,
    lastEventId: state.lastEventId,
  };
}

/** Keeps what is on screen for reading on without a connection. */
export async function keepReading(state: ProjectState, source: SourceSnapshot | null): Promise<void> {
  const db = await keptDb();
  if (isWiped(state.me.id, state.project.id)) return;
  const of = { personId: state.me.id, projectId: state.project.id, at: Date.now() };
  const tx = db.transaction(['projects', 'sources', 'person'], 'readwrite');
  void tx.objectStore('person').put(state.me.id, 'last');
  void tx.objectStore('projects').put({ ...of, snapshot: projectSnapshotOf(state) });
  if (source !== null) {
    const snapshot = sourceSnapshotOf(state, source);
    void tx.objectStore('sources').put({ ...of, sourceId: snapshot.source.id, snapshot });
  }
  await tx.done;
}

export type KeptPage = { project: ProjectSnapshot; source: SourceSnapshot | null };

/** What was kept of a project, and of a source in it, for whoever was signed in here last. */
export async function readKept(projectId: string, sourceId: string | null): Promise<KeptPage | null> {
  const db = await keptDb();
  const personId = await db.get('person', 'last');
  if (personId === undefined) return null;
  const project = await db.get('projects', [personId, projectId]);
  if (project === undefined) return null;
  const source = sourceId === null ? undefined : await db.get('sources', [personId, projectId, sourceId]);
  return {
    project: grownProject(project.snapshot),
    source: source === undefined ? null : grownSource(source.snapshot),
  };
}

/** The projects that can be opened without a connection, by whoever was signed in here last. */
export async function listKept(): Promise<ProjectSnapshot[]> {
  const db = await keptDb();
  const personId = await db.get('person', 'last');
  if (personId === undefined) return [];
  const rows = await db.getAll('projects', rowsOf(personId));
  return rows.map(({ snapshot }) => grownProject(snapshot));
}

/** How many changes of a person no server has: marks and the like, refused ones, and those in notes. */
export async function countUnsent(personId: string): Promise<number> {
  const db = await keptDb();
  const [changes, refused, notes] = await Promise.all([
    db.count('changes', rowsOf(personId)),
    db.count('refused', rowsOf(personId)),
    db.getAll('notes', rowsOf(personId)),
  ]);
  return changes + refused + notes.reduce((sum, { waiting }) => sum + waiting, 0);
}

/** Says how many changes of a note wait; the row also remembers that the note has a database here. */
export async function keepNoteWaiting(note: KeptNote): Promise<void> {
  const db = await keptDb();
  if (!isWiped(note.personId, note.projectId)) await db.put('notes', note);
}

export async function listKeptNotes(personId: string, projectId: string): Promise<KeptNote[]> {
  return (await keptDb()).getAll('notes', rowsOf(personId, projectId));
}

/** Wipes all that is kept of a person, or of one project of theirs, also what was never sent. */
export async function forget(personId: string, projectId?: string): Promise<void> {
  wiped.add(projectId === undefined ? personId : `${personId}/${projectId}`);
  const db = await keptDb();
  const range = rowsOf(personId, projectId);
  const notes = await db.getAll('notes', range);
  const tx = db.transaction([...STORES, 'person'] as const, 'readwrite');
  for (const store of STORES) void tx.objectStore(store).delete(range);
  if (projectId === undefined) void tx.objectStore('person').delete('last');
  await tx.done;
  await dropDatabases(notes);
}

/** Wipes what is kept for reading, of everybody but this person; what they have not sent yet waits for them. */
export async function forgetReading(except: string | null): Promise<void> {
  const db = await keptDb();
  const old = Date.now() - KEEP_READING_MS;
  const tx = db.transaction(['projects', 'sources', 'notes', 'person'], 'readwrite');
  const isOver = (row: { personId: string; at: number }) => row.personId !== except || row.at < old;
  for (const row of await tx.objectStore('projects').getAll())
    if (isOver(row)) void tx.objectStore('projects').delete([row.personId, row.projectId]);
  for (const row of await tx.objectStore('sources').getAll())
    if (isOver(row)) void tx.objectStore('sources').delete([row.personId, row.projectId, row.sourceId]);
  const dropped = (await tx.objectStore('notes').getAll()).filter(
    (note) => note.personId !== except && note.waiting === 0,
  );
  for (const note of dropped)
    void tx.objectStore('notes').delete([note.personId, note.projectId, note.noteId]);
  if ((await tx.objectStore('person').get('last')) !== except) void tx.objectStore('person').delete('last');
  await tx.done;
  await dropDatabases(dropped);
}

/** Also those that pages of an older schema left behind. */
async function dropDatabases(notes: readonly KeptNote[]): Promise<void> {
  const names = await Promise.all(
    notes.map(async ({ personId, projectId, noteId }) => {
      const found = await noteDatabases(personId, projectId, noteId);
      return [noteDatabase(personId, projectId, noteId), ...found.map(({ name }) => name)];
    }),
  );
  await Promise.all([...new Set(names.flat())].map((name) => deleteDB(name)));
}
