import * as Y from 'yjs';
import { parseUpdateMeta } from 'yjs';
import { appendUpdates, type LogRow, MAX_APPEND } from '../../db/note-log';
import { saveMentions } from '../../db/note-mentions';
import { replaceSignOff } from '../../db/note-sign-offs';
import { selectNotesById } from '../../db/notes';
import { insertNotes, saveNewNotes } from '../../db/notes/brought-in';
import { noteKeyOf } from '../../lib/access/note-key';
import { LONGEST_STATEMENT } from '../../lib/coverage/sign-off';
import { type IncomingNote, plainNote } from '../../lib/exchange/incoming';
import { documentOf } from '../../lib/exchange/note-document';
import { withIdsHere } from '../../lib/exchange/note-ids';
import { noteLines } from '../../lib/exchange/note-words';
import { chipIds, mentionsIn, noteText } from '../../lib/notes/note-content';
import { NOTE_FRAGMENT } from '../../lib/notes/schema-version';
import { type Coming, count, cut, idsOf, isMine } from './coming';
import { tell } from './settle-up';

/** Makes some empty notes, unless they are here; those beside a source may have come with that. */
export async function beginNotes(coming: Coming, some: readonly IncomingNote[]): Promise<void> {
  const { tx, grant, notes, losses, sources, added } = coming;
  const asked = some.map((given) => ({ given, ...idsOf(coming, 'note', given.key) }));
  const standing = await selectNotesById(
    tx,
    grant,
    asked.flatMap(({ all }) => all),
  );
  const there = new Map(standing.map((note) => [note.id, { isDeleted: note.deleted !== null }]));
  const rows: { id: string; title: string; sourceId: null; key: string }[] = [];
  for (const { given, made: id, all } of asked) {
    const cameWithSource = given.source !== null && added.has(given.source);
    const known = cameWithSource ? id : all.find((one) => there.has(one));
    if (known !== undefined) {
      if (!there.get(known)?.isDeleted) notes.set(given.key, known);
      count(coming, 'Notes', given.key, cameWithSource);
      continue;
    }
    const title = cut(given.title.trim(), 200) || 'Untitled';
    if (given.source !== null && sources.has(given.source))
      losses.add('That notes stand beside a source', 'The source has its note here already.', title);
    rows.push({ id, title, sourceId: null, key: given.key });
    // A file may have it twice.
    there.set(id, { isDeleted: false });
  }
  const made = await insertNotes(tx, grant, rows);
  const fresh = new Map((await selectNotesById(tx, grant, [...made])).map((note) => [note.id, note]));
  for (const { id, key, title } of rows) {
    const subject = fresh.get(id);
    if (subject === undefined) {
      losses.add('Notes that can’t be told apart', 'Something else has their id.', title);
      continue;
    }
    await tell(coming, { type: 'note.created', subject });
    notes.set(key, id);
    count(coming, 'Notes', key, true);
  }
}

/** A note as its document would stand here. */
type Filled = {
  readonly given: IncomingNote;
  readonly id: string;
  readonly doc: Y.Doc;
  readonly fragment: Y.XmlFragment;
};

/** What a new note says, once all that it names is here; `null` where that is nothing. */
function filled(coming: Coming, given: IncomingNote, thread: (key: string) => string | null): Filled | null {
  const { notes, added, marks, losses } = coming;
  const id = notes.get(given.key);
  if (id === undefined || !added.has(given.key)) return null;
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
  return !doc || !fragment || fragment.length === 0 ? null : { given, id, doc, fragment };
}

/** Writes what some new notes say; `thread` answers the id of a discussion here. */
export async function fillNotes(
  coming: Coming,
  some: readonly IncomingNote[],
  thread: (key: string) => string | null,
): Promise<void> {
  const { tx, grant } = coming;
  const ready = some.flatMap((given) => filled(coming, given, thread) ?? []);
  for (let at = 0; at < ready.length; at += MAX_APPEND)
    await appendUpdates(
      tx,
      ready.slice(at, at + MAX_APPEND).map(({ id, doc }) => logOf(grant, id, doc)),
      'import',
    );
  const said = ready.map(({ id, fragment }) => ({
    ...{ id, text: noteText(fragment), annotationIds: chipIds(fragment) },
  }));
  const saying = said.filter(({ text, annotationIds }) => text !== '' || annotationIds.length > 0);
  const saved = new Map((await saveNewNotes(tx, grant, saying)).map((one) => [one.note.id, one]));
  const authors = [{ id: grant.actor.userId, name: grant.actor.name }];
  for (const { given, id, fragment } of ready) {
    // Whom it names was named elsewhere: the next edit of it tells none of them.
    const named = Map.groupBy(mentionsIn(fragment), ({ userId }) => userId);
    const counts = new Map([...named].map(([userId, all]) => [userId, all.length]));
    if (counts.size > 0) await saveMentions(tx, grant, id, counts);
    const one = saved.get(id);
    if (one === undefined) continue;
    const subject = { ...one.note, annotationIds: one.annotationIds, authors };
    await tell(coming, { type: 'note.edited', subject });
    await signSentences(coming, id, given);
  }
}

/** The log of a new note. Nobody's letters: whose they were, the file can't prove. */
function logOf(grant: Coming['grant'], id: string, doc: Y.Doc): LogRow {
  const update = Y.encodeStateAsUpdate(doc);
  const claims = [...parseUpdateMeta(update).from.keys()].map((clientId) => ({ clientId, announced: false }));
  return { key: noteKeyOf(grant, id), entries: [{ update, userId: null, claims }] };
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
