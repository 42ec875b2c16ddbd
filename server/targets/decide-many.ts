import { selectAnnotationsToTell } from '../../db/annotations';
import { database, type Transaction } from '../../db/client';
import { type StoredTarget, selectCreators, selectTargets, updateTarget } from '../../db/targets';
import type { Grant } from '../../lib/access/grant';
import { decide } from '../../lib/annotations/decide-target';
import type { TargetDecision } from '../../lib/annotations/target';
import { batchesOf } from '../../lib/annotations/tell-in-batches';
import { endSignOffs } from '../claims/end-sign-offs';
import { newerVersion } from '../edit';
import { publish } from '../events/publish';
import { holdSource, mayDecide, saysOther } from './decide-target';

const PAGE = 500;

/**
 * Takes the proposed place of every waiting mark that has one place proposed, and that with this score at least: for an
 * annotator among their own marks. `version` is the one that was looked at. Answers the marks it was done for.
 * @throws AppError conflict when the source has another version by now.
 */
export async function acceptTargets(
  grant: Grant,
  sourceId: string,
  { minScore, version: seen }: { minScore: number; version?: number },
): Promise<{ annotationIds: string[] }> {
  return database().transaction(async (tx) => {
    const { version, text } = await holdSource(tx, grant, sourceId);
    if (seen !== undefined && seen !== version) throw newerVersion(seen, version);
    const waiting = await targetsOf(tx, grant, { sourceId, version, state: 'waiting' });
    const wanted = waiting.filter(({ candidates, score }) => candidates.length === 1 && score >= minScore);
    return decideAll(tx, grant, { sourceId, version, text }, wanted, { accept: true });
  });
}

/**
 * Opens again what the Grant's holder accepted: the undo of `acceptTargets`. What somebody has decided otherwise since is
 * left alone. Answers the marks it was done for.
 */
export async function reopenTargets(
  grant: Grant,
  sourceId: string,
  { annotationIds }: { annotationIds: readonly string[] },
): Promise<{ annotationIds: string[] }> {
  return database().transaction(async (tx) => {
    const { version, text } = await holdSource(tx, grant, sourceId);
    const named = new Set(annotationIds);
    const accepted = await targetsOf(tx, grant, { sourceId, version, state: 'accepted' });
    const wanted = accepted.filter(
      (target) => named.has(target.annotationId) && target.decidedBy?.id === grant.actor.userId,
    );
    return decideAll(tx, grant, { sourceId, version, text }, wanted, { reopen: true });
  });
}

/** All targets of a version in a state, page after page. */
async function targetsOf(
  tx: Transaction,
  grant: Grant,
  filter: { sourceId: string; version: number; state: 'waiting' | 'accepted' },
): Promise<StoredTarget[]> {
  const all: StoredTarget[] = [];
  for (;;) {
    const cursor = all.at(-1)?.annotationId;
    const rows = await selectTargets(tx, grant, filter, { limit: PAGE, cursor });
    all.push(...rows);
    if (rows.length < PAGE) return all;
  }
}

async function decideAll(
  tx: Transaction,
  grant: Grant,
  source: { sourceId: string; version: number; text: string },
  targets: readonly StoredTarget[],
  decision: Extract<TargetDecision, { accept: true } | { reopen: true }>,
): Promise<{ annotationIds: string[] }> {
  const creators = await selectCreators(
    tx,
    grant,
    targets.map(({ annotationId }) => annotationId),
  );
  const annotationIds: string[] = [];
  const others: string[] = [];
  for (const target of targets) {
    if (!mayDecide(grant, creators.get(target.annotationId) ?? '')) continue;
    const decided = decide(target, decision, source.text);
    if ('fault' in decided) continue;
    // Whoever else decided about it at this moment goes first: it is theirs then.
    if (!(await updateTarget(tx, grant, target, { ...decided, decided: 'accept' in decision }))) continue;
    annotationIds.push(target.annotationId);
    if (saysOther(target, decided)) others.push(target.annotationId);
  }
  const { sourceId: id, version } = source;
  const annotations = await selectAnnotationsToTell(tx, grant, annotationIds);
  for (const batch of batchesOf(annotations)) {
    const name = 'accept' in decision ? 'accepted' : 'reopened';
    const subject = { id, version, decision: name, annotations: batch } as const;
    await publish(tx, grant, { type: 'source.targets-decided', subject });
  }
  await endSignOffs(tx, grant, others);
  return { annotationIds };
}
