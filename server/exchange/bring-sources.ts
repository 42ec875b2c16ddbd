import { createHash } from 'node:crypto';
import { selectNotesById } from '../../db/notes';
import { insertNotes } from '../../db/notes/brought-in';
import { insertSourceFile } from '../../db/source-files';
import { insertOrigin } from '../../db/source-origins';
import {
  type NewSourceRow,
  selectSource,
  selectSources,
  selectSourcesById,
  selectTexts,
  updateSourceRow,
} from '../../db/sources';
import { insertSources } from '../../db/sources/brought-in';
import { idOfIri, titleKey } from '../../lib/exchange/addresses';
import type { IncomingItem, IncomingSource } from '../../lib/exchange/incoming';
import { refit } from '../../lib/exchange/refit';
import { newId } from '../../lib/new-id';
import type { Source } from '../../lib/sources/source';
import { type Coming, count, cut, idsOf } from './coming';
import { importId } from './import-id';
import type { FileRead } from './read-job';
import { tell } from './settle-up';

/** An address as it is compared: without what leads to a place in the page, and without a slash at its end. */
export const addressOf = (url: string): string => idOfIri(url.replace(/#.*$/, '').replace(/\/$/, ''));

/** What the sources that are here are known by: their addresses, their ids, and a title that no other has. */
export async function learnAddresses({ tx, grant, byAddress }: Coming): Promise<void> {
  const titles = new Map<string, number>();
  const standing = await selectSources(tx, grant, { limit: 10_000 });
  for (const { title } of standing) titles.set(titleKey(title), (titles.get(titleKey(title)) ?? 0) + 1);
  for (const source of standing) {
    for (const address of [source.url, source.canonicalUrl, source.id])
      if (address !== null) byAddress.set(addressOf(address), source.id);
    const called = titleKey(source.title);
    if (titles.get(called) === 1) byAddress.set(addressOf(called), source.id);
  }
}

const pageAddress = (url: string | null | undefined) =>
  url && /^https?:\/\//.test(url) && URL.canParse(url) ? url : null;

/** A source of the file, its text as it would stand here, and the key of the note beside it. */
export type ComingSource = {
  readonly given: IncomingSource;
  readonly article: FileRead['articles'][number];
  readonly noteKey: string | undefined;
};

/** Letters of texts that are written at once. */
const LETTERS_AT_ONCE = 1_000_000;

/** Sources in parts that are brought in together: texts may be long. */
export function* sourcesInParts(all: Iterable<ComingSource>): Generator<readonly ComingSource[]> {
  let [part, letters]: [ComingSource[], number] = [[], 0];
  for (const one of all) {
    part.push(one);
    letters += one.article.html.length + one.article.text.length;
    if (letters < LETTERS_AT_ONCE && part.length < 100) continue;
    yield part;
    [part, letters] = [[], 0];
  }
  if (part.length > 0) yield part;
}

const titleOf = ({ title }: IncomingSource) => cut(title.trim(), 500) || 'Untitled';

/** Brings some sources in together, each with the note beside it. */
export async function bringSources(coming: Coming, some: readonly ComingSource[]): Promise<void> {
  const { tx, grant, sources, losses } = coming;
  const own = some.map(({ given }) => given.key).filter((key) => /^[\da-f-]{36}$/.test(key));
  const there = new Set((await selectSourcesById(tx, grant, own)).map(({ id }) => id));
  const idOf = ({ given: { key } }: ComingSource) =>
    there.has(key) ? key : importId(grant.projectId, 'source', key);
  const fresh = some.filter((one) => idOf(one) !== one.given.key);
  const made = new Set(
    await insertSources(
      tx,
      grant,
      fresh.map((one) => rowOf(idOf(one), one)),
    ),
  );
  const ids = some.map(idOf);
  const standing = new Map((await selectSourcesById(tx, grant, ids)).map((source) => [source.id, source]));
  const unread = ids.filter((id) => !made.has(id));
  const texts = new Map((await selectTexts(tx, grant, unread)).map((one) => [one.id, one]));
  const notes: { id: string; title: string; sourceId: string }[] = [];
  const begun: { source: Source; noteId: string }[] = [];
  for (const one of some) {
    const [{ given, article, noteKey }, id] = [one, idOf(one)];
    const source = standing.get(id);
    // A file may have it twice.
    const isNew = made.delete(id);
    const text = isNew ? { text: article.text, version: 1 } : (texts.get(id) ?? sources.get(given.key));
    if (source === undefined || text === undefined) {
      losses.add('Sources that were removed here', 'They came in before, and were removed.', titleOf(given));
      continue;
    }
    if (isNew) {
      await bringFile(coming, id, given, article);
      const noteId = noteKey === undefined ? newId() : idsOf(coming, 'note', noteKey).made;
      notes.push({ id: noteId, title: cut(titleOf(given), 200), sourceId: id });
      begun.push({ source, noteId });
    }
    count(coming, 'Sources', given.key, isNew);
    sources.set(given.key, {
      ...{ id, text: text.text, version: text.version },
      move: refit(given.text, text.text),
    });
  }
  await tellOf(coming, begun, notes);
}

function rowOf(id: string, { given, article }: ComingSource): NewSourceRow {
  return {
    ...{ id, title: titleOf(given), html: article.html, text: article.text },
    byline: given.byline?.slice(0, 500) ?? null,
    siteName: given.siteName?.slice(0, 500) ?? null,
    publishedAt: given.publishedAt?.slice(0, 40) ?? null,
    language: given.language?.slice(0, 40) ?? null,
    url: pageAddress(given.url),
    canonicalUrl: pageAddress(given.canonicalUrl),
    hash: createHash('sha256').update(article.text).digest('hex'),
    origin: { how: 'text', finalUrl: null, responseHeaders: null },
  };
}

/** Makes the notes beside new sources, and tells of both. */
async function tellOf(
  coming: Coming,
  begun: readonly { source: Source; noteId: string }[],
  given: readonly { id: string; title: string; sourceId: string }[],
): Promise<void> {
  const { tx, grant } = coming;
  await insertNotes(tx, grant, given);
  const ids = given.map(({ id }) => id);
  const notes = new Map((await selectNotesById(tx, grant, ids)).map((note) => [note.id, note]));
  for (const { source, noteId } of begun) {
    await tell(coming, { type: 'source.created', subject: source });
    const note = notes.get(noteId);
    if (note) await tell(coming, { type: 'note.created', subject: note });
  }
}

/** Keeps the PDF of a new source, whose places count in just this text. */
async function bringFile(
  { tx, grant, losses }: Coming,
  sourceId: string,
  { pdf, text, title }: IncomingSource,
  article: FileRead['articles'][number],
): Promise<void> {
  if (pdf === undefined) return;
  const isWhole = createHash('sha256').update(pdf.bytes).digest('hex') === pdf.hash;
  if (isWhole && article.text === text) await insertSourceFile(tx, grant, { sourceId, version: 1 }, pdf);
  else losses.add('PDF files', 'They are damaged, or not of the text that came in.', title);
}

/** Says of a new source what it takes its facts from, once all of them are here. */
export async function linkSource(coming: Coming, given: IncomingSource): Promise<void> {
  const { tx, grant, sources, added } = coming;
  const place = sources.get(given.key);
  if (place === undefined || !added.has(given.key)) return;
  let linked = false;
  for (const key of given.derivesFrom ?? []) {
    const origin = sources.get(key);
    if (origin !== undefined && origin.id !== place.id)
      linked = (await insertOrigin(tx, grant, place.id, origin.id)) || linked;
  }
  const source = linked ? await selectSource(tx, grant, place.id) : null;
  if (source) await tell(coming, { type: 'source.updated', subject: source });
}

/** Fills in what nobody said yet of a source that is here. */
export async function bringItem(coming: Coming, item: IncomingItem): Promise<void> {
  const { tx, grant, byAddress, losses } = coming;
  const id = item.known.map((address) => byAddress.get(addressOf(address))).find((one) => one !== undefined);
  const source = id === undefined ? null : await selectSource(tx, grant, id);
  if (source === null)
    return losses.add(
      'Items whose text is not here',
      'An item of a library says what a text is, and not what it says. Bring the page or file in first, then this again.',
      item.title,
    );
  count(coming, 'Sources', item.title, false);
  const { byline, siteName, publishedAt, language } = item;
  const said = { byline, siteName, publishedAt, language };
  const given = Object.entries(said).filter(([key, value]) => value && !source[key as keyof typeof said]);
  const fields = Object.fromEntries(given.map(([key, value]) => [key, cut(value as string, 500)]));
  if (given.length === 0 || !(await updateSourceRow(tx, grant, source.id, source.revision, fields))) return;
  const subject = await selectSource(tx, grant, source.id);
  if (subject) await tell(coming, { type: 'source.updated', subject });
}
