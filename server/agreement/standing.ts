import { selectRedactedAmong } from '../../db/access/kept';
import { database } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import type { AgreementFilter } from '../../lib/agreement/answer';
import type { Pass } from '../../lib/passes/pass';
import { codingsOfPass } from '../passes/read-passes';
import { changedMarks } from './changed-marks';
import { type Frame, readFrame } from './compared';
import type { HeldMark, Told } from './holder';
import { startThread, type Thread } from './standing-thread';

/** How many passes (by what is asked of them) are kept in a process. */
const MOST_STANDING = 8;

type Standing = {
  readonly thread: Thread;
  readonly frame: Frame;
  /** The event up to which it is known. */
  readonly lastEventId: number;
  /** Marks that came, changed or went since it was begun. */
  readonly changes: number;
  readonly told: Told;
};

const kept = new Map<string, Standing>();
/** The last work on each key: one at a time, as each goes on from the one before. */
const turns = new Map<string, Promise<Standing>>();
let thread: Thread | undefined;

/**
 * What a pass gets at once, as of an event or a later one. It is kept from the last time: only marks that events tell of are
 * read and computed again. Whatever else an event tells (of assignments, versions, merged codes) begins it anew.
 * @throws AppError unavailable where it takes too long.
 */
export async function standing(
  grant: Grant,
  pass: Pass,
  { source, code, unit, coders, done }: AgreementFilter,
  newest: number,
): Promise<Pick<Standing, 'frame' | 'told'>> {
  const filter = { source, code, unit, coders, done };
  // With its sources: an embargo keeps some from one reader, and not from another; so do protected passages their marks.
  const redacted = await selectRedactedAmong(database(), grant, pass.sourceIds);
  const key = JSON.stringify([pass.id, filter, pass.sourceIds, redacted]);
  const before = turns.get(key);
  const turn = (async () => {
    // What failed before is told to whoever asked then.
    await before?.catch(() => undefined);
    return goOn(grant, pass, { key, filter, newest });
  })();
  turns.set(key, turn);
  try {
    const next = await turn;
    keep(key, next);
    return next;
  } catch (error) {
    kept.delete(key);
    throw error;
  } finally {
    if (turns.get(key) === turn) turns.delete(key);
  }
}

type Wanted = { readonly key: string; readonly filter: AgreementFilter; readonly newest: number };

async function goOn(grant: Grant, pass: Pass, wanted: Wanted): Promise<Standing> {
  const { key, newest } = wanted;
  const known = kept.get(key);
  if (known === undefined || known.thread.ended) return begin(grant, pass, wanted);
  if (known.lastEventId >= newest) return known;
  const ids = await changedMarks(grant, known.lastEventId, newest);
  const changes = known.changes + (ids?.length ?? 0);
  // Names that are gone are dropped by beginning anew.
  if (ids === null || changes > Math.max(1_000, known.told.codings)) return begin(grant, pass, wanted);
  const { frame } = known;
  const marks = new Map<string, HeldMark>(ids.map((id) => [id, [id, { codings: [], unplaced: 0 }]]));
  if (ids.length > 0)
    for (const mark of await codingsOfPass(grant, pass.id, ids))
      marks.set(mark.annotationId, [mark.annotationId, frame.placed(mark)]);
  const told = await known.thread.ask({ key, marks: [...marks.values()] });
  return { ...known, lastEventId: newest, changes, told };
}

async function begin(grant: Grant, pass: Pass, { key, filter, newest }: Wanted): Promise<Standing> {
  if (thread === undefined || thread.ended) thread = startThread();
  const own = thread;
  const { scope, ...frame } = await readFrame(grant, pass, filter);
  const marks = (await codingsOfPass(grant, pass.id)).map(
    (mark): HeldMark => [mark.annotationId, frame.placed(mark)],
  );
  const told = await own.ask({ key, scope, marks });
  // The texts are with the thread; here they would be kept twice.
  const sources = scope.sources.map((one) => ({ ...one, text: '' }));
  return {
    thread: own,
    frame: { ...frame, scope: { ...scope, sources } },
    lastEventId: newest,
    changes: 0,
    told,
  };
}

/** What was not asked for the longest goes first; never what somebody waits for. */
function keep(key: string, standing: Standing): void {
  kept.delete(key);
  kept.set(key, standing);
  for (const [oldest, { thread: own }] of kept) {
    if (kept.size <= MOST_STANDING) break;
    if (turns.has(oldest)) continue;
    kept.delete(oldest);
    own.forget(oldest);
  }
}
