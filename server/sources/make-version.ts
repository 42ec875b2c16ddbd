import { isRedactedFor } from '../../db/access/kept';
import { selectAnnotationsToTell } from '../../db/annotations';
import { database, type Transaction } from '../../db/client';
import { insertSourceVersion } from '../../db/source-versions';
import { lockSource, selectSource, selectSourceText } from '../../db/sources';
import { insertCarried, type StandingMark, selectStanding } from '../../db/targets';
import { countFiles } from '../../db/usage';
import { canSee } from '../../lib/access/can-see';
import type { Grant } from '../../lib/access/grant';
import type { CarriedTarget } from '../../lib/annotations/carry-target';
import { batchesOf } from '../../lib/annotations/tell-in-batches';
import { isTouched } from '../../lib/annotations/touched';
import { AppError } from '../../lib/errors';
import { BLACK } from '../../lib/sources/redact';
import type { Source } from '../../lib/sources/source';
import type { Carried, NewSourceVersion, SourceVersionMade } from '../../lib/sources/version';
import { type CarriedGold, type GoldMark, goldToCarry, storeGold } from '../adjudication/carry-gold';
import { reopenClaims } from '../claims/reopen-claims';
import { newerVersion, notFound } from '../edit';
import { publish } from '../events/publish';
import { bringNewDiscussions } from '../exchange/bring-discussions';
import { spend } from '../limits';
import { noticeSourceChange } from '../notices';
import { keepFile } from './keep-file';
import { hashOf, type Read } from './read-given';
import { readNext, type Text } from './read-next';
import { carryPassages } from './redacted-texts';
import { runCarry } from './run-carry';

/** The same with its number, and who need not be told of it (they made it by hand). */
type Next = Text & { readonly version: number; readonly except: string | null };

type Carry = { readonly mark: StandingMark; readonly target: CarriedTarget };
/** What came with a version besides its text, and what did not come with it. */
type Came = Pick<SourceVersionMade, 'discussions' | 'passagesLost'>;
type Golds = ReadonlyMap<string, CarriedGold>;

/** Something was decided about the source while its gold was carried: all is carried once more. */
class DecidedMeanwhile extends Error {}

/** How often marks that were changed while others were carried are carried again. */
const TRIES = 5;

/**
 * Gives a source a new version of its text and carries every mark to it, deleted ones too. The text is read and the marks
 * are carried before anything is held; then one transaction writes it all, or nothing. The text that is there already
 * makes no version.
 * @throws AppError conflict when the source got another version meanwhile, invalid when nothing can be read, and what the
 * fetcher and the readers throw; nothing is stored then.
 */
export async function makeSourceVersion(
  grant: Grant,
  sourceId: string,
  input: NewSourceVersion,
  signal?: AbortSignal,
): Promise<SourceVersionMade> {
  const source = await selectSource(database(), grant, sourceId);
  if (source === null) throw notFound('source');
  // What is blacked out for whoever makes a version can't be made anew from what they see.
  if (await isRedactedFor(database(), grant, sourceId))
    throw new AppError(
      'forbidden',
      'Passages of this source are protected. Only people who may read all of it, and owners, can give it another version.',
    );
  const current = await selectSourceText(database(), grant, sourceId, source.text.version);
  if (current === null) throw notFound('source');
  if (input.version !== undefined && input.version !== current.version)
    throw newerVersion(input.version, current.version);
  await spend('import', grant.actor.userId);
  const next = await readNext(source, current.html, input, signal);
  if (next.text.includes(BLACK) && !current.text.includes(BLACK))
    throw new AppError(
      'invalid',
      'Passages of this text are blacked out. Take it from somebody who may read all of it, or it would be lost.',
    );
  const lookedAt = new Date().toISOString();
  if (next.text === current.text) {
    const report = { same: 0, moved: 0, changed: 0, ambiguous: 0, lost: 0 };
    const discussions = await discussOnly(grant, sourceId, { ...next, version: current.version });
    return {
      version: current.version,
      made: false,
      lookedAt,
      report,
      outcomes: [],
      discussions,
      passagesLost: 0,
    };
  }
  const version = current.version + 1;
  const except = grant.actor.userId;
  const { carried, ...came } = await carryAndStore(grant, sourceId, { ...next, version, except }, signal);
  const seen = carried.filter(
    ({ mark: { deleted, ...mark } }) => !deleted && canSee(grant, { projectId: grant.projectId, ...mark }),
  );
  return { version, made: true, lookedAt, ...reportOf(seen), ...came };
}

/**
 * Gives a source a page as its next version that was fetched and read for it, and is no longer the text it was; everybody
 * whose marks it touches is told. `current` is the version it was compared with.
 * @throws AppError conflict when the source got another version meanwhile; nothing is stored then.
 */
export async function makeVersionOfPage(
  grant: Grant,
  sourceId: string,
  { read, current }: { readonly read: Read; readonly current: number },
  signal?: AbortSignal,
): Promise<void> {
  const next = { ...read, known: {}, version: current + 1, except: null };
  await carryAndStore(grant, sourceId, next, signal);
}

/** Brings in what a document says beside a text that is here already. */
async function discussOnly(
  grant: Grant,
  id: string,
  { version, text, discussions = [] }: Text & { readonly version: number },
): Promise<number> {
  if (discussions.length === 0) return 0;
  return database().transaction(async (tx) => {
    const current = await lockSource(tx, grant, id, 'alone');
    if (current === null) throw notFound('source');
    if (current !== version) throw newerVersion(version, current);
    return bringNewDiscussions(tx, grant, { id, text, version }, discussions);
  });
}

/** What must be the same still for a carried mark to be right. */
const keyOf = ({ version, start, end, revision }: StandingMark) => `${version}:${start}:${end}:${revision}`;

async function carryAndStore(
  grant: Grant,
  sourceId: string,
  next: Next,
  signal: AbortSignal | undefined,
): Promise<{ carried: Carry[] } & Came> {
  const done = new Map<string, Carry>();
  const isDone = (mark: StandingMark) => {
    const carry = done.get(mark.annotationId);
    return carry !== undefined && keyOf(carry.mark) === keyOf(mark);
  };
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const standing = await selectStanding(database(), grant, sourceId, next.version - 1);
    const left = standing.filter((mark) => !isDone(mark));
    const carriedGold = await carryMarks(
      grant,
      sourceId,
      await goldToCarry(database(), grant, sourceId),
      next,
      signal,
    );
    const gold: Golds = new Map(carriedGold.map((one) => [one.mark.id, one]));
    for (const carry of await carryMarks(grant, sourceId, left, next, signal))
      done.set(carry.mark.annotationId, carry);
    const storing = database().transaction(async (tx) => {
      const current = await lockSource(tx, grant, sourceId, 'alone');
      if (current === null) throw notFound('source');
      if (current !== next.version - 1) throw newerVersion(next.version - 1, current);
      // Nobody places a mark of this source from here on: what is carried now is all there is.
      const marks = await selectStanding(tx, grant, sourceId, current);
      if (!marks.every(isDone)) return null;
      // Whether a mark is deleted does not change where it goes, but whether it is reported.
      const carried = marks.map((mark) => ({
        mark,
        target: (done.get(mark.annotationId) as Carry).target,
      }));
      return { carried, ...(await store(tx, grant, sourceId, next, { carried, gold })) };
    });
    const stored = await storing.catch((error: unknown) => {
      if (error instanceof DecidedMeanwhile) return null;
      throw error;
    });
    if (stored !== null) return stored;
  }
  throw new AppError(
    'conflict',
    'Marks of this source are being made and moved too quickly just now. Nothing was changed. Try again.',
  );
}

async function carryMarks<Mark extends StandingMark | GoldMark>(
  grant: Grant,
  sourceId: string,
  marks: readonly Mark[],
  to: { version: number; text: string },
  signal: AbortSignal | undefined,
): Promise<{ mark: Mark; target: CarriedTarget }[]> {
  if (marks.length === 0) return [];
  const groups = [...Map.groupBy(marks, (mark) => mark.version)];
  const from: { text: string; marks: Mark[] }[] = [];
  for (const [version, standing] of groups) {
    // A watch makes versions for somebody who may not read all of it.
    const text = await selectSourceText(
      database(),
      { projectId: grant.projectId, actor: null },
      sourceId,
      version,
    );
    if (text === null) throw notFound('source');
    from.push({ text: text.text, marks: standing });
  }
  const targets = await runCarry({ to: { version: to.version, text: to.text }, from }, { signal });
  return from.flatMap((group, nth) =>
    group.marks.map((mark, at) => ({ mark, target: targets[nth]?.[at] as CarriedTarget })),
  );
}

async function store(
  tx: Transaction,
  grant: Grant,
  sourceId: string,
  next: Next,
  { carried, gold }: { carried: readonly Carry[]; gold: Golds },
): Promise<Came> {
  const { html, text, origin, version, known, except } = next;
  await insertSourceVersion(
    tx,
    grant,
    sourceId,
    { version, html, text, hash: hashOf(text), ...origin },
    known,
  );
  // Before any mark is there: those on a protected passage are closed as they come.
  const passagesLost = await carryPassages(tx, grant, sourceId, version);
  await keepFile(tx, grant, { sourceId, version }, next);
  await insertCarried(
    tx,
    grant,
    sourceId,
    carried.map(({ mark, target }) => ({ ...target, annotationId: mark.annotationId })),
  );
  const source = (await selectSource(tx, grant, sourceId)) as Source;
  const ids = carried.map(({ mark }) => mark.annotationId);
  // All is read before the first event: from there on the whole project waits for this transaction.
  const annotations = await selectAnnotationsToTell(tx, grant, ids);
  const touched = carried
    .filter(({ mark, target }) => !mark.deleted && isTouched(mark, target))
    .map(({ mark }) => mark.annotationId);
  const how = origin.how;
  await publish(tx, grant, { type: 'source.version-created', subject: { ...source, how } });
  if (next.pdf) await countFiles(tx, grant);
  for (const batch of batchesOf(annotations)) {
    const subject = { id: sourceId, from: version - 1, to: version, annotations: batch };
    await publish(tx, grant, { type: 'source.targets-carried', subject });
  }
  // From the first event on nobody decides.
  if (!(await storeGold(tx, grant, sourceId, gold))) throw new DecidedMeanwhile();
  // Not before the first event: whoever brings a passage to a claim holds the project's lock as well.
  const claimIds = await reopenClaims(tx, grant, { sourceId, version, touched });
  await noticeSourceChange(tx, grant, { sourceId, version, touched, claimIds, except });
  const discussions = await bringNewDiscussions(
    tx,
    grant,
    { id: sourceId, text, version },
    next.discussions ?? [],
  );
  return { discussions, passagesLost };
}

function reportOf(carried: readonly Carry[]): Pick<SourceVersionMade, 'report' | 'outcomes'> {
  const report = { same: 0, moved: 0, changed: 0, ambiguous: 0, lost: 0 };
  const outcomes = carried.map(({ mark, target }): Carried => {
    const { outcome, score, state, place } = target;
    if (outcome !== 'made') report[outcome] += 1;
    const span = place && { start: place.start, end: place.end };
    return { annotationId: mark.annotationId, outcome, score, state, ...span };
  });
  return { report, outcomes };
}
