import { selectAnnotation } from '../../db/annotations';
import { database, type Transaction } from '../../db/client';
import { lockSource, selectSourceText } from '../../db/sources';
import { type StoredTarget, selectTargets, updateTarget } from '../../db/targets';
import { can } from '../../lib/access/can';
import type { Grant } from '../../lib/access/grant';
import type { Annotation } from '../../lib/annotations/annotation';
import { type Decided, decide } from '../../lib/annotations/decide-target';
import type { TargetDecided, TargetDecision } from '../../lib/annotations/target';
import { AppError } from '../../lib/errors';
import { mustBeReadable } from '../access/must-be-readable';
import { endSignOffs } from '../claims/end-sign-offs';
import { notFound } from '../edit';
import { publish } from '../events/publish';
import { withWords } from './list-targets';

/** Whether the Grant's holder decides where a mark of this creator stands. */
export function mayDecide(grant: Grant, creatorId: string): boolean {
  return creatorId === grant.actor.userId || can(grant.role, 'target.decide-any');
}

/**
 * Decides where a mark stands in the current version of its source: its own for an annotator, any for an editor. What was
 * decided already can be decided anew only by who names its revision, so that the second of two people moves nothing.
 * @throws AppError conflict with the target as it is now, invalid when the text does not say that there.
 */
export async function decideTarget(
  grant: Grant,
  annotationId: string,
  decision: TargetDecision,
  ifMatch: number | null,
): Promise<TargetDecided> {
  return database().transaction(async (tx) => {
    const annotation = await selectAnnotation(tx, grant, annotationId);
    if (annotation === null) throw notFound('annotation');
    if (!mayDecide(grant, annotation.creator.id))
      throw new AppError('forbidden', `Only ${annotation.creator.name} or an editor may decide this.`);
    if (annotation.deleted !== null)
      throw new AppError('conflict', 'This annotation was deleted. Restore it first.');
    const { sourceId } = annotation;
    const { version, text } = await holdSource(tx, grant, sourceId);
    const find = async () =>
      (await selectTargets(tx, grant, { sourceId, version, annotationId }, { limit: 1 }))[0] as StoredTarget;
    const target = await find();
    const stale = (now: StoredTarget) => decidedMeanwhile(now, text);
    const isOpen = target.state === 'waiting' || target.state === 'settled';
    if (ifMatch === null ? !isOpen && !('reopen' in decision) : ifMatch !== target.revision)
      throw stale(target);
    if ('reopen' in decision && target.state === 'waiting')
      return { target: withWords(target, text), annotation };
    const decided = decide(target, decision, text);
    if ('fault' in decided) throw new AppError('invalid', decided.fault);
    if (decided.place) await mustBeReadable(tx, grant, { sourceId, version, ...decided.place });
    const isWritten = await updateTarget(tx, grant, target, {
      ...decided,
      decided: !('reopen' in decision),
    });
    if (!isWritten) throw stale(await find());
    const now = (await selectAnnotation(tx, grant, annotationId)) as Annotation;
    const subject = { id: sourceId, version, decision: nameOf(decision), annotations: [now] };
    await publish(tx, grant, { type: 'source.targets-decided', subject });
    if (saysOther(target, decided)) await endSignOffs(tx, grant, [annotationId]);
    return { target: withWords(await find(), text), annotation: now };
  });
}

/** Whether a decision makes the words of a mark others than they were, or says that they are gone. */
export function saysOther(
  { place, stood }: Pick<StoredTarget, 'place' | 'stood'>,
  decided: Pick<Decided, 'place' | 'state'>,
): boolean {
  const rest = decided.state === 'orphan' ? null : stood;
  return (place ?? stood)?.exact !== (decided.place ?? rest)?.exact;
}

function nameOf(decision: TargetDecision) {
  if ('accept' in decision) return 'accepted' as const;
  if ('orphan' in decision) return 'orphaned' as const;
  return 'reopen' in decision ? ('reopened' as const) : ('placed' as const);
}

function decidedMeanwhile(target: StoredTarget, text: string): AppError {
  const by = target.decidedBy === null ? 'Somebody' : target.decidedBy.name;
  return new AppError(
    'conflict',
    `${by} decided about this place meanwhile. Look at it again, then decide.`,
    { details: { target: withWords(target, text) } },
  );
}

/** The current version of a source and its text, held to the end of the transaction. @throws AppError not-found. */
export async function holdSource(tx: Transaction, grant: Grant, sourceId: string) {
  const version = await lockSource(tx, grant, sourceId, 'share');
  const stored = await selectSourceText(tx, grant, sourceId);
  if (version === null || stored === null) throw notFound('source');
  return { version, text: stored.text };
}
