import { createHash } from 'node:crypto';
import { insertNote, selectNotes } from '../../db/notes';
import { insertSourceFile } from '../../db/source-files';
import { insertOrigin } from '../../db/source-origins';
import {
  insertSource,
  selectSource,
  selectSources,
  selectSourceText,
  updateSourceRow,
} from '../../db/sources';
import { idOfIri, titleKey } from '../../lib/exchange/addresses';
import type { IncomingItem, IncomingSource } from '../../lib/exchange/incoming';
import { refit } from '../../lib/exchange/refit';
import { newId } from '../../lib/new-id';
import type { Note } from '../../lib/notes/note';
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

/** Brings a source in with the note beside it, which the file has under `noteKey`. */
export async function bringSource(
  coming: Coming,
  given: IncomingSource,
  article: FileRead['articles'][number],
  noteKey: string | undefined,
): Promise<void> {
  const { tx, grant, sources, losses } = coming;
  const derived = importId(grant.projectId, 'source', given.key);
  const there = /^[\da-f-]{36}$/.test(given.key) ? await selectSource(tx, grant, given.key) : null;
  const id = there?.id ?? derived;
  const title = cut(given.title.trim(), 500) || 'Untitled';
  const made =
    there === null &&
    (await insertSource(tx, grant, {
      ...{ id, title, html: article.html, text: article.text },
      byline: given.byline?.slice(0, 500) ?? null,
      siteName: given.siteName?.slice(0, 500) ?? null,
      publishedAt: given.publishedAt?.slice(0, 40) ?? null,
      language: given.language?.slice(0, 40) ?? null,
      url: pageAddress(given.url),
      canonicalUrl: pageAddress(given.canonicalUrl),
      hash: createHash('sha256').update(article.text).digest('hex'),
      origin: { how: 'text', finalUrl: null, responseHeaders: null },
    }));
  if (made) await bringFile(coming, id, given, article);
  const source = await selectSource(tx, grant, id);
  const text = made ? { text: article.text, version: 1 } : await selectSourceText(tx, grant, id);
  if (source === null || text === null)
    return losses.add('Sources that were removed here', 'They came in before, and were removed.', title);
  if (made) {
    await tell(coming, { type: 'source.created', subject: source });
    const noteId = noteKey === undefined ? newId() : idsOf(coming, 'note', noteKey).made;
    await insertNote(tx, grant, { id: noteId, title: cut(title, 200), sourceId: id });
    const [note] = await selectNotes(tx, grant, { source: id }, { limit: 1 });
    await tell(coming, { type: 'note.created', subject: note as Note });
  }
  count(coming, 'Sources', given.key, made);
  sources.set(given.key, { id, text: text.text, version: text.version, move: refit(given.text, text.text) });
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
