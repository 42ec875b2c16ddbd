import * as Y from 'yjs';
import { parseUpdateMeta } from 'yjs';
import { appendUpdates } from '../../db/note-log';
import { saveMentions } from '../../db/note-mentions';
import { replaceSignOff } from '../../db/note-sign-offs';
import { insertNote, saveNoteRest, selectNote } from '../../db/notes';
import { noteKeyOf } from '../../lib/access/note-key';
import { LONGEST_STATEMENT } from '../../lib/coverage/sign-off';
import { type IncomingNote, plainNote } from '../../lib/exchange/incoming';
import { documentOf } from '../../lib/exchange/note-document';
import { withIdsHere } from '../../lib/exchange/note-ids';
import { noteLines } from '../../lib/exchange/note-words';
import type { Note } from '../../lib/notes/note';
import { chipIds, mentionsIn, noteText } from '../../lib/notes/note-content';
import { NOTE_FRAGMENT } from '../../lib/notes/schema-version';
import { type Coming, count, cut, idsOf, isMine } from './coming';
import { tell } from './settle-up';

/** Makes an empty note, unless it is here; one beside a source may have come with that. */
export async function beginNote(coming: Coming, given: IncomingNote): Promise<void> {
  const { tx, grant, notes, losses, sources, added } = coming;
  const { made: id, all } = idsOf(coming, 'note', given.key);
  const title = cut(given.title.trim(), 200) || 'Untitled';
  const cameWithSource = given.source !== null && added.has(given.source);
  for (const one of cameWithSource ? [] : all) {
    const there = await selectNote(tx, grant, one, { deleted: true });
    if (there === null) continue;
    if (there.deleted === null) notes.set(given.key, there.id);
    return count(coming, 'Notes', given.key, false);
  }
  if (!cameWithSource) {
    if (given.source !== null && sources.has(given.source))
      losses.add('That notes stand beside a source', 'The source has its note here already.', title);
    if (!(await insertNote(tx, grant, { id, title, sourceId: null })))
      return losses.add('Notes that can’t be told apart', 'Something else has their id.', title);
    await tell(coming, { type: 'note.created', subject: await noteOf(coming, id) });
  }
  notes.set(given.key, id);
  count(coming, 'Notes', given.key, true);
}

async function noteOf({ tx, grant }: Coming, id: string): Promise<Note> {
  const { text: _, ...note } = (await selectNote(tx, grant, id)) as Note & { text: string };
  return note;
}

/** Writes what a new note says, once all that it names is here; `thread` answers the id of a discussion here. */
export async function fillNote(
  coming: Coming,
  given: IncomingNote,
  thread: (key: string) => string | null,
): Promise<void> {
  const { tx, grant, notes, added, marks, losses } = coming;
  const id = notes.get(given.key);
  if (id === undefined || !added.has(given.key)) return;
  const ids = { mark: (key: string) => marks.get(key) ?? null, thing: thingHere(coming), thread };
  const content = withIdsHere(given, ids, {
    gone: (words) =>
      losses.add('Things that notes name and that are not here', 'Their words stand there.', words),
    thawed: (query) => losses.add('Searches frozen in notes', 'They run again, on what is here.', query),
  });
  let doc = documentOf(content);
  if (doc === null) {
    losses.add('How notes are laid out', 'They come in as plain paragraphs.', given.title);
    doc = documentOf(plainNote('', '', noteLines({ ...given, content })).content);
  }
  const fragment = doc?.getXmlFragment(NOTE_FRAGMENT);
  if (!doc || !fragment || fragment.length === 0) return;
  const update = Y.encodeStateAsUpdate(doc);
  const claims = [...parseUpdateMeta(update).from.keys()].map((clientId) => ({ clientId, announced: false }));
  // Nobody's letters: whose they were, the file can't prove.
  const key = noteKeyOf(grant, id);
  await appendUpdates(tx, [{ key, entries: [{ update, userId: null, claims }] }], 'import');
  const said = { text: noteText(fragment), annotationIds: chipIds(fragment) };
  const saved = await saveNoteRest(tx, grant, id, said);
  // Whom it names was named elsewhere: the next edit of it tells none of them.
  const named = Map.groupBy(mentionsIn(fragment), ({ userId }) => userId);
  const counts = new Map([...named].map(([userId, all]) => [userId, all.length]));
  await saveMentions(tx, grant, id, counts);
  if (saved === null) return;
  const authors = [{ id: grant.actor.userId, name: grant.actor.name }];
  const subject = { ...saved.note, annotationIds: saved.annotationIds, authors };
  await tell(coming, { type: 'note.edited', subject });
  await signSentences(coming, id, given);
}

const thingHere =
  ({ claims, sources, notes, members }: Coming) =>
  (kind: string, key: string): string | null => {
    if (kind === 'claim') return claims.get(key) ?? null;
    if (kind === 'source') return sources.get(key)?.id ?? null;
    if (kind === 'note') return notes.get(key) ?? null;
    return kind === 'person' ? (members.get(key) ?? null) : null;
  };

const ANY_ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/** What somebody vouched for, they alone can bring. */
async function signSentences(coming: Coming, noteId: string, given: IncomingNote): Promise<void> {
  const { tx, grant, losses, marks } = coming;
  const here = thingHere(coming);
  const idHere = (id: string) =>
    marks.get(id) ?? here('claim', id) ?? here('source', id) ?? here('note', id) ?? here('person', id) ?? id;
  for (const { id: key, by, statement } of given.signOffs) {
    const id = idsOf(coming, 'sign-off', key).made;
    const words = statement.replace(ANY_ID, idHere);
    if (!isMine(coming, by.id) || words.length > LONGEST_STATEMENT)
      losses.add('Sign-offs of others', 'Whoever vouches for it does so here, by themselves.', statement);
    else await replaceSignOff(tx, grant, noteId, { id, statement: words });
  }
}
