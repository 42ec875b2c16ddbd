import { database, type Transaction } from '../db/client';
import {
  type Concern,
  countUnseen,
  markSeen,
  selectClaimConcerns,
  selectConcerns,
  selectNotices,
} from '../db/notices';
import type { Actor } from '../lib/access/actor';
import { canSee } from '../lib/access/can-see';
import type { Grant } from '../lib/access/grant';
import type { Notice } from '../lib/notices/notice';
import { toPage } from './edit';
import { readNotice } from './notices/read-notice';
import { tellPages, tellPeople } from './notices/tell';

/**
 * Tells the people whose marks a version of a source touched, whose notes quote such a mark, or whose claims it re-opened:
 * each once a version, and of nothing that they may not see. `except` is who made the version by hand and knows.
 */
export async function noticeSourceChange(
  tx: Transaction,
  grant: Grant,
  change: {
    readonly sourceId: string;
    readonly version: number;
    readonly touched: readonly string[];
    /** The claims that were re-opened. */
    readonly claimIds: readonly string[];
    readonly except: string | null;
  },
): Promise<void> {
  if (change.touched.length === 0) return;
  const { projectId } = grant;
  const { touched, claimIds } = change;
  const all = [
    ...(await selectConcerns(tx, grant, touched)),
    ...(claimIds.length > 0 ? await selectClaimConcerns(tx, grant, claimIds, touched) : []),
  ];
  const concerns = all.filter(
    ({ userId, creatorId, seenBy }) =>
      userId !== change.except && canSee({ projectId, actor: { userId } }, { projectId, creatorId, seenBy }),
  );
  const made = [...Map.groupBy(concerns, ({ userId }) => userId)].map(([userId, theirs]) => ({
    userId,
    kind: 'source-changed' as const,
    sourceId: change.sourceId,
    version: change.version,
    annotationIds: idsOf(theirs, ({ annotationId }) => annotationId),
    noteIds: idsOf(theirs, ({ noteId }) => noteId),
    claimIds: idsOf(theirs, ({ claimId }) => claimId),
  }));
  await tellPeople(tx, grant, made);
}

function idsOf(concerns: readonly Concern[], of: (concern: Concern) => string | null): string[] {
  return [...new Set(concerns.flatMap((concern) => of(concern) ?? []))];
}

/** What the actor was told, newest first, and how many of it all they have not seen. */
export async function listNotices(
  actor: Actor,
  query: { limit: number; cursor?: string; unseen?: boolean },
): Promise<{ items: Notice[]; nextCursor: string | null; unseen: number }> {
  const { limit, cursor, unseen = false } = query;
  const rows = await selectNotices(database(), actor, { unseen }, { limit: limit + 1, cursor });
  const { items, nextCursor } = toPage(
    rows.map((row) => ({ ...row, id: row.notice.id })),
    limit,
  );
  const told: Notice[] = [];
  for (const row of items) {
    const notice = await readNotice(actor, row);
    if (notice !== null) told.push(notice);
  }
  // What it was about is gone, or no longer theirs to see: nobody can look at it any more, nor need.
  const gone = items.filter(({ id }) => !told.some((notice) => notice.id === id)).map(({ id }) => id);
  if (gone.length > 0 && (await markSeen(database(), actor, gone)))
    await tellPages(database(), [actor.userId]);
  return { items: told, nextCursor, unseen: await countUnseen(database(), actor) };
}

/** Marks notices of the actor as seen, on all their pages; answers how many are left unseen. */
export async function seeNotices(actor: Actor, ids: readonly string[]): Promise<{ unseen: number }> {
  if (await markSeen(database(), actor, ids)) await tellPages(database(), [actor.userId]);
  return { unseen: await countUnseen(database(), actor) };
}
