import { database, type Transaction } from '../db/client';
import { lockProject } from '../db/events';
import { saveMentions } from '../db/note-mentions';
import { selectNames } from '../db/note-versions';
import { insertNote, saveNoteRest, selectNote, selectNotes, updateNoteRow } from '../db/notes';
import { selectNoteTitles } from '../db/notices';
import { notify } from '../db/notify';
import { selectSource } from '../db/sources';
import type { Grant } from '../lib/access/grant';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import { type Mention, newlyNamed } from '../lib/notes/mention';
import type { Note } from '../lib/notes/note';
import { baseRevision, changedMeanwhile, notFound, toPage } from './edit';
import { publish, together } from './events/publish';
import { listenersAmong } from './notices/listeners';
import { tellPeople } from './notices/tell';

/** Starts an empty note. The same id twice answers the existing one. */
export async function createNote(
  grant: Grant,
  input: { id?: string; title: string; sourceId?: string | null },
): Promise<Note> {
  const id = input.id ?? newId();
  return database().transaction(async (tx) => {
    const sourceId = input.sourceId ?? null;
    if (sourceId !== null) {
      if ((await selectSource(tx, grant, sourceId)) === null) throw notFound('source');
      const [standing] = await selectNotes(tx, grant, { source: sourceId }, { limit: 1 });
      if (standing && standing.id !== id) throw new AppError('conflict', 'This source has its note already.');
    }
    const made = await insertNote(tx, grant, { id, title: input.title, sourceId });
    const note = await selectNote(tx, grant, id, { deleted: true });
    if (note === null) throw new AppError('conflict', 'This id is taken. Choose another.');
    const { text: _, ...subject } = note;
    if (made) await publish(tx, grant, { type: 'note.created', subject });
    return subject;
  });
}

/** The notes of a project; the one of a source when named. */
export async function listNotes(grant: Grant, query: { source?: string; limit: number; cursor?: string }) {
  const { limit, cursor, ...filter } = query;
  return toPage(await selectNotes(database(), grant, filter, { limit: limit + 1, cursor }), limit);
}

/** One note with its plain text, as of its last rest. */
export async function getNote(grant: Grant, id: string): Promise<Note & { text: string }> {
  const note = await selectNote(database(), grant, id);
  if (note === null) throw notFound('note');
  return note;
}

async function change(
  grant: Grant,
  id: string,
  fields: { title?: string; deleted?: boolean },
  ifMatch: number | null,
): Promise<Note> {
  return database().transaction(async (tx) => {
    const before = await selectNote(tx, grant, id);
    if (before === null) throw notFound('note');
    if (fields.deleted && before.sourceId !== null) {
      throw new AppError('conflict', 'The note beside a source stays as long as the source does.');
    }
    if (!(await updateNoteRow(tx, grant, id, baseRevision(before, ifMatch), fields)))
      throw changedMeanwhile();
    const { text: _, ...note } = (await selectNote(tx, grant, id, { deleted: true })) as Note & {
      text: string;
    };
    await publish(tx, grant, { type: fields.deleted ? 'note.deleted' : 'note.updated', subject: note });
    // Who has it open is shown out, by every process.
    if (fields.deleted) await notify(tx, 'gloss_access', id);
    return note;
  });
}

/** Renames a note. @throws AppError conflict when it moved on. */
export async function updateNote(
  grant: Grant,
  id: string,
  fields: { title: string },
  ifMatch: number | null,
): Promise<Note> {
  return change(grant, id, fields, ifMatch);
}

/** Removes a free note; its text stays in the database. */
export async function deleteNote(grant: Grant, id: string, ifMatch: number | null): Promise<Note> {
  return change(grant, id, { deleted: true }, ifMatch);
}

/** Writes down what a note says once nobody types, so that lists, search and "in note" know it, and by whom it changed. */
export async function settleNote(
  scope: { projectId: string; noteId: string },
  rest: {
    text: string;
    annotationIds: readonly string[];
    mentions?: readonly Mention[];
    userIds?: readonly string[];
  },
): Promise<void> {
  await database().transaction(async (tx) => {
    const saved = await saveNoteRest(tx, scope, scope.noteId, rest);
    const isGone =
      saved === null && (await selectNoteTitles(tx, { ...scope, actor: null }, [scope.noteId])).length === 0;
    if (isGone) return;
    if (rest.mentions !== undefined) await tellMentioned(tx, scope, rest.mentions);
    if (saved === null) return;
    // From here on nobody is erased in between: what their names are now is written.
    await lockProject(tx, scope);
    const authors = [...(await selectNames(tx, rest.userIds ?? [])).values()];
    const subject = { ...saved.note, annotationIds: saved.annotationIds, authors };
    await publish(tx, together(scope.projectId, authors), { type: 'note.edited', subject });
  });
}

/** Tells whoever the note names now and did not name so often when it rested last. */
async function tellMentioned(
  tx: Transaction,
  scope: { projectId: string; noteId: string },
  mentions: readonly Mention[],
): Promise<void> {
  const counts = new Map(
    [...Map.groupBy(mentions, ({ userId }) => userId)].map(([id, all]) => [id, all.length]),
  );
  const before = await saveMentions(tx, scope, scope.noteId, counts);
  const named = newlyNamed(mentions, before);
  const members = new Set(
    await listenersAmong(
      tx,
      scope,
      null,
      named.map(({ userId }) => userId),
    ),
  );
  await tellPeople(
    tx,
    scope,
    named
      .filter(({ userId }) => members.has(userId))
      .map(({ userId, byId }) => ({ userId, byId, kind: 'note-mention', noteIds: [scope.noteId] })),
  );
}
