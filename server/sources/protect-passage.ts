import { database, type Transaction } from '../../db/client';
import {
  countPassages,
  deletePassages,
  hasPassage,
  insertPassage,
  putPlace,
  selectPassages,
  selectVersionNumbers,
  selectWholeText,
} from '../../db/protected-passages';
import { putProtection, selectProtection } from '../../db/source-protections';
import type { Grant } from '../../lib/access/grant';
import type { Span } from '../../lib/anchoring/describe';
import { wholeCharacter } from '../../lib/anchoring/graphemes';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import {
  MOST_PASSAGES,
  type NewProtectedPassage,
  type PlacedPassage,
  type SourceProtectionAnswer,
} from '../../lib/sources/protection';
import { recordDeed } from '../audit/record';
import { notFound } from '../edit';
import { getProtection, holdToProtect, namedIn, sightOf, tellOfSight, watchAsNamed } from './protect-source';
import { findInVersions, rewriteRedacted } from './redacted-texts';

/**
 * Protects a passage of a source's text: from then on others than those who are named, and the owners, get that text with the passage
 * blacked out, and nothing that says its words. In the other versions of the source it is looked for; what it is not certainly found
 * in is blacked out whole, until somebody says where it stands there. The same id twice is no error.
 * @throws AppError not-found; forbidden to whoever is not named; invalid for a place outside the text or without words, or too many.
 */
export async function protectPassage(
  grant: Grant,
  sourceId: string,
  given: NewProtectedPassage,
): Promise<SourceProtectionAnswer> {
  const { id = newId(), version } = given;
  await database().transaction(async (tx) => {
    const source = await holdToProtect(tx, grant, sourceId);
    const place = await placeIn(tx, grant, { sourceId, version }, given);
    const before = await selectProtection(tx, grant, sourceId);
    const was = await sightOf(tx, sourceId);
    const wanted =
      given.visibleTo ?? (before?.holds ? before.visibleTo.map((one) => one.id) : [source.creator.id]);
    const visibleTo = await namedIn(tx, grant, wanted, given.visibleTo !== undefined);
    const { embargoUntil = null, ownFile: file = false } = before ?? {};
    await putProtection(tx, grant, sourceId, { embargoUntil, file, visibleTo });
    if (!(await insertPassage(tx, grant, sourceId, id))) {
      if (await hasPassage(tx, grant, sourceId, id)) return;
      throw new AppError('conflict', 'This id is taken. Choose another one.');
    }
    if ((await countPassages(tx, grant, sourceId)) > MOST_PASSAGES)
      throw new AppError('invalid', `At most ${MOST_PASSAGES} passages of a source can be protected.`);
    await putPlace(tx, grant, { sourceId, passageId: id, version, place, decidedBy: grant.actor.userId });
    const others = (await selectVersionNumbers(tx, grant, sourceId)).filter((one) => one !== version);
    await findInVersions(tx, grant, { sourceId, passageId: id }, { version, place }, others);
    await rewriteRedacted(tx, grant, sourceId);
    await recordDeed(grant, 'source.passage-protected', { subjectId: sourceId, knownTo: visibleTo }, tx);
    await tellOfSight(tx, grant, sourceId, 'protected', was, { anew: true });
    await watchAsNamed(tx, grant, sourceId, 'passages');
  });
  return getProtection(grant, sourceId);
}

/** Ends the protection of a passage: everybody may read it. @throws AppError not-found; forbidden to whoever is not named. */
export async function unprotectPassage(
  grant: Grant,
  sourceId: string,
  passageId: string,
): Promise<SourceProtectionAnswer> {
  await database().transaction(async (tx) => {
    await holdToProtect(tx, grant, sourceId);
    const was = await sightOf(tx, sourceId);
    if ((await deletePassages(tx, grant, sourceId, passageId)) === 0) return;
    await rewriteRedacted(tx, grant, sourceId);
    await recordDeed(grant, 'source.passage-unprotected', { subjectId: sourceId }, tx);
    await tellOfSight(tx, grant, sourceId, 'unprotected', was, { anew: true });
  });
  return getProtection(grant, sourceId);
}

/**
 * Says where a protected passage stands in a version of its source, or that it is not in it.
 * @throws AppError not-found; forbidden to whoever is not named; invalid for a place outside the text.
 */
export async function placePassage(
  grant: Grant,
  {
    sourceId,
    passageId,
    version,
  }: { readonly sourceId: string; readonly passageId: string; readonly version: number },
  { place: given }: PlacedPassage,
): Promise<SourceProtectionAnswer> {
  await database().transaction(async (tx) => {
    await holdToProtect(tx, grant, sourceId);
    const known = await selectPassages(tx, grant, sourceId);
    if (!known.some(({ id }) => id === passageId)) throw notFound('protected passage');
    const place = given && (await placeIn(tx, grant, { sourceId, version }, given));
    if (!(await selectVersionNumbers(tx, grant, sourceId)).includes(version))
      throw notFound('version of this source');
    const was = await sightOf(tx, sourceId);
    await putPlace(tx, grant, { sourceId, passageId, version, place, decidedBy: grant.actor.userId });
    await rewriteRedacted(tx, grant, sourceId);
    await recordDeed(
      grant,
      'source.passage-placed',
      { subjectId: sourceId, version, isThere: place !== null },
      tx,
    );
    await tellOfSight(tx, grant, sourceId, 'protected', was, { anew: true });
  });
  return getProtection(grant, sourceId);
}

/** A place in a version of a source, of whole characters. */
async function placeIn(
  tx: Transaction,
  grant: Grant,
  { sourceId, version }: { readonly sourceId: string; readonly version: number },
  { start, end }: Span,
): Promise<Span> {
  const text = (await selectWholeText(tx, grant, sourceId, version))?.text;
  if (text === undefined) throw notFound('version of this source');
  if (start >= end || end > text.length)
    throw new AppError(
      'invalid',
      `The passage ${start}–${end} is outside the text (0–${text.length}). Choose it again.`,
    );
  const place = { start: wholeCharacter(text, start, -1), end: wholeCharacter(text, end, 1) };
  if (text.slice(place.start, place.end).trim() === '')
    throw new AppError('invalid', 'There are no words to protect. Choose a passage with words.');
  return place;
}
