import type { Db, Transaction } from '../../db/client';
import { insertNotices, type NewNotice } from '../../db/notices';
import { queueMail, selectNoticeSettings } from '../../db/notices/mails';
import { notify } from '../../db/notify';
import { env } from '../../env';
import type { Grant } from '../../lib/access/grant';
import { newId } from '../../lib/new-id';
import { nextDaily, readSettings } from '../../lib/notices/settings';

/** Ids that one NOTIFY carries: it takes fewer than 8,000 bytes. */
const IDS_A_MESSAGE = 200;

/** Tells every process that these people's notices are others now; their open pages ask anew. */
export async function tellPages(db: Db, userIds: readonly string[]): Promise<void> {
  const each = [...new Set(userIds)];
  for (let at = 0; at < each.length; at += IDS_A_MESSAGE)
    await notify(db, 'gloss_notice', each.slice(at, at + IDS_A_MESSAGE).join());
}

type Made = Omit<Parameters<typeof insertNotices>[2][number], 'id'>;

/**
 * Tells people something inside the caller's transaction: a notice each, a mail where they chose one, and word to their open
 * pages. Whether each may see what it is about is for the caller to judge.
 */
export async function tellPeople(
  tx: Transaction,
  project: Pick<Grant, 'projectId'>,
  made: readonly Made[],
): Promise<void> {
  const news = await insertNotices(
    tx,
    project,
    made.map((notice) => ({ ...notice, id: newId() })),
  );
  if (env().SMTP_URL !== undefined) await queueMails(tx, news, new Date());
  await tellPages(
    tx,
    news.map(({ userId }) => userId),
  );
}

async function queueMails(tx: Transaction, news: readonly NewNotice[], now: Date): Promise<void> {
  const chosen = await selectNoticeSettings(tx, [...new Set(news.map(({ userId }) => userId))]);
  for (const { id: noticeId, userId, kind } of news) {
    const settings = readSettings(chosen.get(userId) ?? null);
    const how = settings.mail[kind];
    if (how === 'none') continue;
    const due = how === 'at-once' ? now : nextDaily(now, settings);
    await queueMail(tx, { id: newId(), userId, kind: how, noticeId, due });
  }
}
