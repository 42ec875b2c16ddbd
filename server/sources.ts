import { database } from '../db/client';
import { insertNote, selectNotes } from '../db/notes';
import {
  insertSource,
  type Origin,
  selectSource,
  selectSources,
  selectSourceText,
  updateSourceRow,
} from '../db/sources';
import { countFiles, mustHaveRoom } from '../db/usage';
import type { Grant } from '../lib/access/grant';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import type { Note } from '../lib/notes/note';
import { findFurniture } from '../lib/sources/furniture';
import type { Source, SourceGiven, SourceImport, SourcePreview } from '../lib/sources/source';
import { baseRevision, changedMeanwhile, notFound, toPage } from './edit';
import { publish } from './events/publish';
import { bringDiscussions } from './exchange/bring-discussions';
import { spend } from './limits';
import type { Article } from './sources/article';
import { wordsOfDiscussions } from './sources/discussions';
import { keepFile } from './sources/keep-file';
import { recordReading } from './sources/looks';
import { hashOf, type Read, readGiven, trimmed } from './sources/read-given';

/** Reads a source and shows what would be saved; nothing is stored. Counts as an import. */
export async function previewSource(
  grant: Grant,
  input: SourceGiven,
  signal?: AbortSignal,
): Promise<SourcePreview> {
  await spend('import', grant.actor.userId);
  const read = await readGiven(input, signal);
  const { title, byline, siteName, publishedAt, language, url, text, leftOut = [] } = read;
  const along = wordsOfDiscussions(read.discussions ?? []);
  const furniture = findFurniture(text);
  const facts = { title, byline, siteName, publishedAt, language, url, text, furniture };
  return { ...facts, along, leftOut: [...leftOut] };
}

/** A source that was brought in, or was here under its id, and what came along with it and did not, a sentence each. */
export type SourceBrought = {
  readonly source: Source;
  readonly along: readonly string[];
  readonly leftOut: readonly string[];
};

/**
 * Brings a source in: version 1 of its text, and the note that stands beside it. The same id twice answers the existing one.
 * @throws AppError invalid when nothing can be read, and what the fetcher and the readers throw; nothing is stored then.
 */
export async function createSource(grant: Grant, input: SourceImport, signal?: AbortSignal): Promise<Source> {
  return (await bringSource(grant, input, signal)).source;
}

/** The same, and says what came along and what did not. @throws AppError as `createSource` does. */
export async function bringSource(
  grant: Grant,
  input: SourceImport,
  signal?: AbortSignal,
): Promise<SourceBrought> {
  const id = input.id ?? newId();
  const standing = await selectSource(database(), grant, id);
  if (standing !== null) return { source: standing, along: [], leftOut: [] };
  await mustHaveRoom(database(), grant, 'sources');
  await spend('import', grant.actor.userId);
  const whole = await readGiven(input, signal);
  const leaves = 'comments' in input && input.comments === 'leave';
  const read = { ...trimmed(whole, input.trimAt), ...(leaves && { discussions: [] }) };
  const source = await storeSource(grant, read, id, read.origin);
  const along = wordsOfDiscussions(read.discussions ?? []);
  return { source, along, leftOut: read.leftOut ?? [] };
}

/** Stores an article as a source of the project, with the discussions that its file had: all of it, or nothing. */
export async function storeSource(
  grant: Grant,
  article: Article & Pick<Read, 'url' | 'pdf'>,
  id: string = newId(),
  origin: Origin = { how: 'text', finalUrl: null, responseHeaders: null },
): Promise<Source> {
  return database().transaction(async (tx) => {
    const made = await insertSource(tx, grant, {
      id,
      title: article.title.slice(0, 500) || 'Untitled',
      byline: article.byline,
      siteName: article.siteName,
      publishedAt: article.publishedAt,
      language: article.language,
      url: article.url,
      canonicalUrl: article.canonicalUrl,
      html: article.html,
      text: article.text,
      hash: hashOf(article.text),
      origin,
    });
    if (made) await keepFile(tx, grant, { sourceId: id, version: 1 }, article);
    const source = await selectSource(tx, grant, id);
    if (source === null) throw new AppError('conflict', 'This id is taken. Choose another.');
    if (!made) return source;
    await publish(tx, grant, { type: 'source.created', subject: source });
    if (article.pdf) await countFiles(tx, grant);
    await insertNote(tx, grant, { id: newId(), title: source.title.slice(0, 200), sourceId: id });
    const [note] = await selectNotes(tx, grant, { source: id }, { limit: 1 });
    await publish(tx, grant, { type: 'note.created', subject: note as Note });
    await bringDiscussions(tx, grant, { id, text: article.text }, article.discussions ?? []);
    return source;
  });
}

/** The sources of a project in the order they came in. */
export async function listSources(grant: Grant, query: { limit: number; cursor?: string }) {
  const { limit, cursor } = query;
  return toPage(await selectSources(database(), grant, { limit: limit + 1, cursor }), limit);
}

/** One source, without its text. */
export async function getSource(grant: Grant, id: string): Promise<Source> {
  const source = await selectSource(database(), grant, id);
  if (source === null) throw notFound('source');
  return source;
}

/** A version of a source's text; the current one when none is named. */
export async function getSourceText(grant: Grant, id: string, version?: number) {
  const text = await selectSourceText(database(), grant, id, version);
  if (text === null) throw notFound('source');
  await recordReading(grant, id);
  return text;
}

async function change(
  grant: Grant,
  id: string,
  fields: Parameters<typeof updateSourceRow>[4],
  ifMatch: number | null,
): Promise<Source> {
  return database().transaction(async (tx) => {
    const before = await selectSource(tx, grant, id);
    if (before === null) throw notFound('source');
    if (!(await updateSourceRow(tx, grant, id, baseRevision(before, ifMatch), fields)))
      throw changedMeanwhile();
    const source = (await selectSource(tx, grant, id, { deleted: true })) as Source;
    await publish(tx, grant, { type: fields.deleted ? 'source.deleted' : 'source.updated', subject: source });
    return source;
  });
}

/** Changes what is known about a source; its text stays as it is. @throws AppError conflict when it moved on. */
export async function updateSource(
  grant: Grant,
  id: string,
  fields: { title?: string; byline?: string | null; publishedAt?: string | null },
  ifMatch: number | null,
): Promise<Source> {
  return change(grant, id, fields, ifMatch);
}

/** Removes a source from the project; its text and marks stay in the database. */
export async function deleteSource(grant: Grant, id: string, ifMatch: number | null): Promise<Source> {
  return change(grant, id, { deleted: true }, ifMatch);
}
