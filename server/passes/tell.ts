import { selectAnnotationsToTell } from '../../db/annotations';
import type { Transaction } from '../../db/client';
import type { EventAuthor } from '../../db/events';
import { selectFollowUps } from '../../db/follow-ups';
import { selectThreads } from '../../db/threads';
import { batchesOf } from '../../lib/annotations/tell-in-batches';
import type { Happening } from '../../lib/events/event';
import { publishAll } from '../events/publish';

/** Most discussions, and follow-ups, on the marks of one batch. */
const ALL = { limit: 10_000 };

/**
 * Tells of marks that more people may see from now on, with what hangs on them, in batches: each reader hears of those that
 * they may see. `seenBy` is one of these people.
 */
export async function tellOfShown(
  tx: Transaction,
  author: EventAuthor,
  passId: string,
  markIds: readonly string[],
  seenBy: string,
): Promise<void> {
  const viewer = { projectId: author.projectId, actor: { userId: seenBy } };
  const told: Happening[] = [];
  for (const annotations of batchesOf(await selectAnnotationsToTell(tx, author, [...markIds].sort()))) {
    const ids = annotations.map(({ id }) => id);
    const threads = await selectThreads(tx, viewer, { annotations: ids }, ALL);
    const followUps = await selectFollowUps(tx, viewer, { marks: ids }, ALL);
    told.push({ type: 'pass.shown', subject: { id: passId, annotations, threads, followUps } });
  }
  await publishAll(tx, author, told);
}
