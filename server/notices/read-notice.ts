import { database } from '../../db/client';
import { selectDecision } from '../../db/decisions';
import { selectFollowUp } from '../../db/follow-ups';
import { type NoticeRow, selectClaimWordings, selectNoteTitles, selectTouched } from '../../db/notices';
import { selectAbout } from '../../db/notices/about';
import { selectSourceText } from '../../db/sources';
import { selectThreads } from '../../db/threads';
import { selectWatch } from '../../db/watches';
import type { Actor } from '../../lib/access/actor';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import {
  type DecisionNotice,
  type FollowUpNotice,
  MOST_SHOWN,
  type Notice,
  type ThreadNotice,
} from '../../lib/notices/notice';
import { isStanding } from '../../lib/threads/about';
import { plainText } from '../../lib/threads/mentions';
import type { Comment } from '../../lib/threads/thread';
import { threadPath } from '../../lib/threads/thread-path';
import { authorize } from '../access/authorize';

type Common = Pick<Notice, 'id' | 'project' | 'created' | 'seen'>;

/** The notice as its person may see it now; `null` when they may not, or what it is about is gone. */
export async function readNotice(actor: Actor, row: NoticeRow): Promise<Notice | null> {
  const { id, projectId, created, seen } = row.notice;
  const grant = await authorize(actor, 'annotation.read', projectId).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (grant === null) return null;
  const common: Common = {
    id,
    project: { id: projectId, name: row.projectName },
    created: created.toISOString(),
    seen: seen?.toISOString() ?? null,
  };
  switch (row.notice.kind) {
    case 'source-changed':
      return aboutVersion(grant, row, common);
    case 'watch-stopped':
      return aboutWatch(grant, row, common);
    case 'note-mention':
      return aboutNote(grant, row, common);
    case 'webhook-stopped':
      return { ...common, kind: 'webhook-stopped', path: `/projects/${projectId}/settings#webhooks` };
    case 'claim-assigned':
      return aboutClaim(grant, row, common);
    case 'follow-up-assigned':
    case 'follow-up-due':
    case 'follow-up-done':
      return aboutFollowUp(grant, row, common, row.notice.kind);
    case 'decided-otherwise':
    case 'decision-objected':
      return aboutDecision(grant, row, common, row.notice.kind);
    default:
      return aboutThread(grant, row, common, row.notice.kind);
  }
}

async function aboutVersion(grant: Grant, row: NoticeRow, common: Common): Promise<Notice> {
  const { id, sourceId, version, annotationIds, noteIds, claimIds } = row.notice;
  if (sourceId === null || version === null) throw new Error(`The notice ${id} is about no version`);
  return {
    ...common,
    kind: 'source-changed',
    path: `/projects/${grant.projectId}/sources/${sourceId}/report`,
    source: { id: sourceId, title: row.sourceTitle ?? '' },
    version,
    ...(await selectTouched(database(), grant, { annotationIds, version }, MOST_SHOWN)),
    notes: await selectNoteTitles(database(), grant, noteIds),
    claims: await selectClaimWordings(database(), grant, claimIds),
  };
}

async function aboutWatch(grant: Grant, row: NoticeRow, common: Common): Promise<Notice> {
  const { id, sourceId } = row.notice;
  if (sourceId === null) throw new Error(`The notice ${id} is about no source`);
  const watch = await selectWatch(database(), grant, sourceId);
  return {
    ...common,
    kind: 'watch-stopped',
    path: `/projects/${grant.projectId}/sources/${sourceId}/versions`,
    source: { id: sourceId, title: row.sourceTitle ?? '' },
    advice: watch?.stopped?.advice ?? null,
  };
}

async function aboutNote(grant: Grant, row: NoticeRow, common: Common): Promise<Notice | null> {
  const [note] = await selectNoteTitles(database(), grant, row.notice.noteIds);
  if (note === undefined) return null;
  const path = `/projects/${grant.projectId}/notes/${note.id}?person=${row.notice.userId}`;
  return { ...common, kind: 'note-mention', path, note, by: byOf(row) };
}

async function aboutClaim(grant: Grant, row: NoticeRow, common: Common): Promise<Notice | null> {
  const [claim] = await selectClaimWordings(database(), grant, row.notice.claimIds);
  if (claim === undefined) return null;
  const path = `/projects/${grant.projectId}/claims/${claim.id}`;
  return { ...common, kind: 'claim-assigned', path, claim, by: byOf(row) };
}

async function aboutFollowUp(
  grant: Grant,
  { notice, byName }: NoticeRow,
  common: Common,
  kind: FollowUpNotice['kind'],
): Promise<Notice | null> {
  if (notice.followUpId === null) throw new Error(`The notice ${common.id} is about no follow-up`);
  const found = await selectFollowUp(database(), grant, notice.followUpId);
  if (found === null || found.deleted !== null) return null;
  const { id, kind: what, wording, due, state } = found;
  const path = `/projects/${grant.projectId}/follow-ups?open=${id}`;
  const by = notice.byId === null ? null : { id: notice.byId, name: byName ?? '' };
  return { ...common, kind, path, followUp: { id, kind: what, wording, due, state }, by };
}

async function aboutDecision(
  grant: Grant,
  row: NoticeRow,
  common: Common,
  kind: DecisionNotice['kind'],
): Promise<Notice | null> {
  const { decisionId, byId } = row.notice;
  if (decisionId === null) throw new Error(`The notice ${common.id} is about no decision`);
  const decision = await selectDecision(database(), grant, decisionId);
  if (decision === null || decision.undone !== null) return null;
  const { id, passId, sourceId, version, start, end, why, objections } = decision;
  const text = (await selectSourceText(database(), grant, sourceId, version))?.text ?? '';
  const said = objections.findLast(({ by }) => by.id === byId)?.text ?? '';
  return {
    ...common,
    kind,
    path: `/projects/${grant.projectId}/passes/${passId}/decisions?decision=${id}`,
    decisionId: id,
    by: byOf(row),
    about: text.slice(start, end),
    why: kind === 'decided-otherwise' ? why : said,
  };
}

async function aboutThread(
  grant: Grant,
  row: NoticeRow,
  common: Common,
  kind: ThreadNotice['kind'],
): Promise<Notice | null> {
  const { threadId, commentId } = row.notice;
  if (threadId === null) throw new Error(`The notice ${common.id} is about no thread`);
  const [thread] = await selectThreads(database(), grant, { id: threadId }, { limit: 1 });
  if (thread === undefined || !isStanding(thread)) return null;
  const comment = thread.comments.find(({ id }) => id === commentId);
  const isThere = comment !== undefined && comment.deleted === null;
  return {
    ...common,
    kind,
    path: threadPath(thread, commentId ?? undefined),
    threadId,
    commentId,
    // What a guest wrote is by nobody who has an account.
    by: row.notice.byId === null && comment?.guest ? guestOf(comment) : byOf(row),
    about: await selectAbout(database(), grant, thread),
    text: isThere ? plainText(comment.text, comment.mentions) : null,
  };
}

function guestOf({ creator }: Comment) {
  return { id: creator.id, name: creator.name };
}

function byOf({ notice: { id, byId }, byName }: NoticeRow) {
  if (byId === null) throw new Error(`The notice ${id} is by nobody`);
  return { id: byId, name: byName ?? '' };
}
