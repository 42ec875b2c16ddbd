import { database, type Transaction } from '../db/client';
import {
  type Concern,
  countUnseen,
  insertNotices,
  markSeen,
  type NoticeRow,
  selectClaimConcerns,
  selectClaimWordings,
  selectConcerns,
  selectNoteTitles,
  selectNotices,
  selectTouched,
} from '../db/notices';
import { notify } from '../db/notify';
import type { Actor } from '../lib/access/actor';
import { canSee } from '../lib/access/can-see';
import type { Grant } from '../lib/access/grant';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import { MOST_SHOWN, type Notice } from '../lib/notices/notice';
import { authorize } from './access/authorize';
import { toPage } from './edit';

/** Ids that one NOTIFY carries: it takes fewer than 8,000 bytes. */
const IDS_A_MESSAGE = 200;

/** Tells every process that these people's notices are others now; their open pages ask anew. */
async function tellPages(db: Parameters<typeof notify>[0], userIds: readonly string[]): Promise<void> {
  for (let at = 0; at < userIds.length; at += IDS_A_MESSAGE)
    await notify(db, 'gloss_notice', userIds.slice(at, at + IDS_A_MESSAGE).join());
}

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
    ({ userId, role, creatorId }) =>
      userId !== change.except &&
      canSee({ projectId, role } as { projectId: string }, { projectId, creatorId }),
  );
  const made = [...Map.groupBy(concerns, ({ userId }) => userId)].map(([userId, theirs]) => ({
    id: newId(),
    userId,
    kind: 'source-changed' as const,
    sourceId: change.sourceId,
    version: change.version,
    annotationIds: idsOf(theirs, ({ annotationId }) => annotationId),
    noteIds: idsOf(theirs, ({ noteId }) => noteId),
    claimIds: idsOf(theirs, ({ claimId }) => claimId),
  }));
  await tellPages(tx, await insertNotices(tx, grant, made));
}

function idsOf(concerns: readonly Concern[], of: (concern: Concern) => string | null): string[] {
  return [...new Set(concerns.flatMap((concern) => of(concern) ?? []))];
}

/** Tells people of follow-ups; their open pages hear of it at commit. */
export async function noticeFollowUps(
  tx: Transaction,
  grant: Pick<Grant, 'projectId'>,
  told: readonly {
    readonly kind: 'follow-up-assigned' | 'follow-up-due' | 'follow-up-done';
    readonly userId: string;
    readonly followUpId: string;
    readonly byId: string | null;
  }[],
): Promise<void> {
  const made = told.map((one) => ({ ...one, id: newId() }));
  await tellPages(tx, [...new Set(await insertNotices(tx, grant, made))]);
}

/** The notice as its person may see it now; `null` when they left the project this very moment. */
async function toNotice(
  actor: Actor,
  { notice, projectName, sourceTitle, followUp, byName }: NoticeRow,
): Promise<Notice | null> {
  const { id, kind, projectId, sourceId, version, annotationIds, noteIds, claimIds, created, seen } = notice;
  const told = {
    id,
    kind,
    project: { id: projectId, name: projectName },
    followUp,
    by: notice.byId === null ? null : { id: notice.byId, name: byName ?? '' },
    created: created.toISOString(),
    seen: seen?.toISOString() ?? null,
  };
  if (followUp !== null)
    return { ...told, source: null, version: null, touched: 0, annotations: [], notes: [], claims: [] };
  if (sourceId === null || version === null) throw new Error(`The notice ${id} is about no version`);
  const grant = await authorize(actor, 'annotation.read', projectId).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (grant === null) return null;
  const shown = await selectTouched(database(), grant, { annotationIds, version }, MOST_SHOWN);
  return {
    ...told,
    source: { id: sourceId, title: sourceTitle ?? '' },
    version,
    ...shown,
    notes: await selectNoteTitles(database(), grant, noteIds),
    claims: await selectClaimWordings(database(), grant, claimIds),
  };
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
    const notice = await toNotice(actor, row);
    if (notice !== null) told.push(notice);
  }
  return { items: told, nextCursor, unseen: await countUnseen(database(), actor) };
}

/** Marks notices of the actor as seen, on all their pages; answers how many are left unseen. */
export async function seeNotices(actor: Actor, ids: readonly string[]): Promise<{ unseen: number }> {
  if (await markSeen(database(), actor, ids)) await tellPages(database(), [actor.userId]);
  return { unseen: await countUnseen(database(), actor) };
}
