import { database } from '../../db/client';
import { saveNoticeSettings, selectNoticeSettings } from '../../db/notices/mails';
import { env } from '../../env';
import type { Actor } from '../../lib/access/actor';
import { type NoticeSettings, type NoticeSettingsChange, readSettings } from '../../lib/notices/settings';

export type SettingsHere = NoticeSettings & {
  /** Whether this instance sends mail at all. */
  readonly sendsMail: boolean;
};

/** What a person chose about being told by mail. */
export async function getNoticeSettings(actor: Pick<Actor, 'userId'>): Promise<SettingsHere> {
  const chosen = await selectNoticeSettings(database(), [actor.userId]);
  const settings = readSettings(chosen.get(actor.userId) ?? null);
  return { ...settings, sendsMail: env().SMTP_URL !== undefined };
}

/** Changes what a person chose; what is not named stays. What is queued already is judged by it when it is sent. */
export async function updateNoticeSettings(
  actor: Pick<Actor, 'userId'>,
  change: NoticeSettingsChange,
): Promise<SettingsHere> {
  const { mail, hour, timeZone } = await getNoticeSettings(actor);
  await saveNoticeSettings(database(), actor.userId, {
    mail: { ...mail, ...change.mail },
    hour: change.hour ?? hour,
    timeZone: change.timeZone ?? timeZone,
  });
  return getNoticeSettings(actor);
}
