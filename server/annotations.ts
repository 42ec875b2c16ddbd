import type { z } from 'zod';
import { selectSeenBy } from '../db/access';
import {
  type AnnotationFilter,
  insertAnnotation,
  replaceCodes,
  selectAnnotation,
  selectAnnotations,
  updateAnnotationRow,
} from '../db/annotations';
import { type Db, database, type Transaction } from '../db/client';
import { countCodes, lockCodebook } from '../db/codebook';
import { lockSource, selectSource, selectSourceText } from '../db/sources';
import { insertMadeTarget, replaceTargetPlace } from '../db/targets';
import { can } from '../lib/access/can';
import type { Grant } from '../lib/access/grant';
import { locate } from '../lib/anchoring/locate';
import type { Annotation, AnnotationChange, NewAnnotation, Selector } from '../lib/annotations/annotation';
import { EMPTY_QUOTE, storedQuote } from '../lib/annotations/attribution';
import type { QuoteDetails } from '../lib/annotations/quote';
import { exactOf } from '../lib/annotations/span';
import { originOfQuote } from '../lib/claims/chain-origins';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import { mustBeReadable } from './access/must-be-readable';
import { endSignOffs, moveOrigins } from './claims/end-sign-offs';
import { baseRevision, changedMeanwhile, newerVersion, notFound, toPage } from './edit';
import { publish } from './events/publish';
import { markInPass } from './passes/mark-in-pass';
import { giveQuote } from './speakers/give-quote';

type New = z.output<typeof NewAnnotation>;
type Change = z.output<typeof AnnotationChange>;

/**
 * Finds the passage that selectors mean in the source's current text, which stays the current one to the end of the
 * transaction. `read` is the version they were chosen in.
 * @throws AppError conflict when that is another version, invalid when the text does not say that.
 */
async function placeOf(
  tx: Transaction,
  grant: Grant,
  sourceId: string,
  selector: readonly Selector[],
  read: number | undefined,
) {
  const current = await lockSource(tx, grant, sourceId, 'share');
  if (current === null) throw notFound('source');
  if (read !== undefined && read !== current) throw newerVersion(read, current);
  const stored = await selectSourceText(tx, grant, sourceId);
  if (stored === null) throw notFound('source');
  const place = locate(stored.text, selector);
  if ('fault' in place) throw new AppError('invalid', place.fault);
  await mustBeReadable(tx, grant, { sourceId, version: stored.version, ...place });
  return { ...place, version: stored.version };
}

/** Refuses codes that are gone; those that are there stay to the end of the transaction. */
async function mustHaveCodes(tx: Transaction, grant: Grant, codeIds: readonly string[]): Promise<void> {
  if (codeIds.length === 0) return;
  const wanted = new Set(codeIds);
  await lockCodebook(tx, grant, 'use');
  if ((await countCodes(tx, grant, [...wanted])) !== wanted.size) {
    throw new AppError('invalid', 'One of these codes does not exist in this project any more.');
  }
}

/** Refuses a mark that says nothing its motivation asks for. */
function mustMakeSense(mark: Pick<Annotation, 'motivation' | 'body' | 'codeIds'>): void {
  if (mark.motivation === 'commenting' && mark.body === null)
    throw new AppError('invalid', 'A comment needs words.');
  if (mark.motivation === 'classifying' && mark.codeIds.length === 0)
    throw new AppError('invalid', 'A coding needs a code.');
}

/** Whether a quote says more than its own row can keep. */
const isGiven = ({ speaker, speakerId, chain }: QuoteDetails) =>
  speaker !== '' || speakerId !== null || chain.length > 0;

/** Refuses a speaker or a chain on a mark that is hidden: speakers are everybody's, with what they said. */
function mustNameNobody(quote: QuoteDetails | null | undefined): void {
  if (quote && isGiven(quote))
    throw new AppError(
      'conflict',
      'In a blind pass a quote names nobody: speakers can be given after the reveal.',
    );
}

/** What a change makes of the row of a quote; a mark that is none has nothing of it. */
function quoteFields(isQuote: boolean, before: QuoteDetails | null, change: QuoteDetails | null | undefined) {
  if (!isQuote) return { quote: null, speakerId: null, written: '' as const };
  if (change === undefined && before !== null) return {};
  return { quote: storedQuote(change ?? EMPTY_QUOTE), speakerId: null, written: '' as const };
}

/** What is kept with a mark, in the transaction that makes or changes it. */
export type KeepWith = (tx: Transaction, id: string) => Promise<void>;

/**
 * Marks a passage. The same id twice answers the existing annotation.
 * @throws AppError invalid when the selectors do not match the stored text; nothing is stored then.
 */
export async function createAnnotation(grant: Grant, input: New, keepWith?: KeepWith): Promise<Annotation> {
  const id = input.id ?? newId();
  const body = input.body ?? null;
  mustMakeSense({ motivation: input.motivation, body, codeIds: input.codeIds });
  return database().transaction(async (tx) => {
    // The pass may have moved on since the answer to the first time was lost.
    const standing = input.passId ? await selectAnnotation(tx, grant, id) : null;
    if (standing !== null) return standing;
    await mustHaveCodes(tx, grant, input.codeIds);
    const place = await placeOf(tx, grant, input.sourceId, input.selector, input.version);
    const inPass = await markInPass(tx, grant, input);
    if (inPass.seenBy !== null) mustNameNobody(input.quote);
    const made = await insertAnnotation(tx, grant, {
      id,
      sourceId: input.sourceId,
      motivation: input.motivation,
      body: body?.value ?? null,
      quote: input.motivation === 'quoting' ? storedQuote(input.quote ?? EMPTY_QUOTE) : null,
      codeIds: input.codeIds,
      ...place,
      ...inPass,
    });
    if (made && input.motivation === 'quoting' && input.quote && isGiven(input.quote))
      await giveQuote(tx, grant, { id, sourceId: input.sourceId }, input.quote);
    const annotation = await selectAnnotation(tx, grant, id);
    if (annotation === null) throw new AppError('conflict', 'This id is taken. Choose another.');
    if (!made) return annotation;
    await insertMadeTarget(tx, grant, { annotationId: id, sourceId: input.sourceId, ...place });
    await keepWith?.(tx, id);
    await publish(tx, grant, { type: 'annotation.created', subject: annotation });
    return annotation;
  });
}

/** The visible annotations of a project, filtered, in the order they were made. */
export async function listAnnotations(
  grant: Grant,
  query: AnnotationFilter & { limit: number; cursor?: string },
) {
  const { limit, cursor, ...filter } = query;
  return toPage(await selectAnnotations(database(), grant, filter, { limit: limit + 1, cursor }), limit);
}

/** One visible annotation; a deleted one says so in `deleted`. */
export async function getAnnotation(grant: Grant, id: string): Promise<Annotation> {
  const annotation = await selectAnnotation(database(), grant, id);
  if (annotation === null) throw notFound('annotation');
  return annotation;
}

async function mine(db: Db, grant: Grant, id: string, what: 'update' | 'delete'): Promise<Annotation> {
  const annotation = await selectAnnotation(db, grant, id);
  if (annotation === null) throw notFound('annotation');
  if (annotation.creator.id !== grant.actor.userId && !can(grant.role, `annotation.${what}-any`)) {
    throw new AppError('forbidden', `Only ${annotation.creator.name} or an editor may ${what} this.`);
  }
  return annotation;
}

/** Where an annotation stood, for the history of it. */
function placeBefore({ version, selector: [{ start, end }, { exact, prefix, suffix }] }: Annotation) {
  return { version, start, end, exact, prefix, suffix };
}

/** Changes an annotation: its own for an annotator, any for an editor. @throws AppError conflict when it moved on. */
export async function updateAnnotation(
  grant: Grant,
  id: string,
  change: Change,
  ifMatch: number | null,
  keepWith?: KeepWith,
): Promise<Annotation> {
  return database().transaction(async (tx) => {
    // The codebook before any row, as whoever merges codes holds it.
    if (change.codeIds) await lockCodebook(tx, grant, 'use');
    const known = await mine(tx, grant, id, 'update');
    const place = change.selector
      ? await placeOf(tx, grant, known.sourceId, change.selector, change.version)
      : null;
    // Read once more: a version that was made until the source was held has moved it on.
    const before = place ? await mine(tx, grant, id, 'update') : known;
    if (before.deleted !== null)
      throw new AppError('conflict', 'This annotation was deleted. Restore it first.');
    if ((await selectSeenBy(tx, grant, id)) !== null) mustNameNobody(change.quote);
    const revision = baseRevision(before, ifMatch);
    const motivation = change.motivation ?? before.motivation;
    const body = change.body === undefined ? before.body : change.body;
    mustMakeSense({ motivation, body, codeIds: change.codeIds ?? before.codeIds });
    const from = place && placeBefore(before);
    // Targets before annotations, as decisions do: two that meet here wait for each other and do not block.
    if (place) await replaceTargetPlace(tx, grant, id, place, from);
    const changed = await updateAnnotationRow(tx, grant, id, revision, {
      motivation,
      body: body?.value ?? null,
      ...quoteFields(motivation === 'quoting', before.quote, change.quote),
      ...(place ?? {}),
    });
    if (!changed) throw changedMeanwhile();
    await keepWith?.(tx, id);
    if (motivation === 'quoting' && change.quote && isGiven(change.quote))
      await giveQuote(tx, grant, before, change.quote, before.quote);
    if (change.codeIds) {
      await mustHaveCodes(
        tx,
        grant,
        change.codeIds.filter((code) => !before.codeIds.includes(code)),
      );
      await replaceCodes(tx, grant, id, change.codeIds);
    }
    const annotation = await selectAnnotation(tx, grant, id);
    // A passage that was protected meanwhile closed it.
    if (annotation === null) throw notFound('annotation');
    await publish(tx, grant, {
      type: 'annotation.updated',
      subject: from ? { ...annotation, from } : annotation,
    });
    if (exactOf(annotation) !== exactOf(before)) await endSignOffs(tx, grant, [id]);
    if (originOfQuote(annotation.quote)?.key !== originOfQuote(before.quote)?.key)
      await moveOrigins(tx, grant, id);
    return annotation;
  });
}

async function setDeleted(
  grant: Grant,
  id: string,
  deleted: boolean,
  ifMatch: number | null,
): Promise<Annotation> {
  return database().transaction(async (tx) => {
    const before = await mine(tx, grant, id, 'delete');
    if ((before.deleted !== null) === deleted) return before;
    if (!deleted && (await selectSource(tx, grant, before.sourceId)) === null) throw notFound('source');
    if (!(await updateAnnotationRow(tx, grant, id, baseRevision(before, ifMatch), { deleted })))
      throw changedMeanwhile();
    const annotation = (await selectAnnotation(tx, grant, id)) as Annotation;
    await publish(tx, grant, {
      type: deleted ? 'annotation.deleted' : 'annotation.restored',
      subject: annotation,
    });
    if (deleted) await endSignOffs(tx, grant, [id]);
    return annotation;
  });
}

/** Deletes an annotation so that it can be restored; deleting twice is no error. */
export async function deleteAnnotation(
  grant: Grant,
  id: string,
  ifMatch: number | null,
): Promise<Annotation> {
  return setDeleted(grant, id, true, ifMatch);
}

/** Restores a deleted annotation. */
export async function restoreAnnotation(grant: Grant, id: string): Promise<Annotation> {
  return setDeleted(grant, id, false, null);
}
