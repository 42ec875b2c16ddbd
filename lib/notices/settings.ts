import { z } from 'zod';
import { NOTICE_KINDS, type NoticeKind } from './notice';

/** How a notice comes by mail. On the page it comes at once, whatever is chosen here. */
export const BY_MAIL = ['at-once', 'daily', 'none'] as const;
export const ByMail = z.enum(BY_MAIL);
export type ByMail = z.infer<typeof ByMail>;

/** What is chosen for whoever has chosen nothing: what asks for them at once, the rest once a day. */
export const MAIL_DEFAULTS: Readonly<Record<NoticeKind, ByMail>> = {
  mention: 'at-once',
  'note-mention': 'at-once',
  reply: 'daily',
  assigned: 'at-once',
  'thread-resolved': 'none',
  'claim-assigned': 'at-once',
  'follow-up-assigned': 'at-once',
  'follow-up-due': 'daily',
  'follow-up-done': 'daily',
  'decided-otherwise': 'daily',
  'decision-objected': 'daily',
  'source-changed': 'daily',
  'watch-stopped': 'daily',
  'webhook-stopped': 'at-once',
};

const TimeZone = z
  .string()
  .max(60)
  .refine(isTimeZone, 'That is no time zone. Write one like Europe/Paris, or UTC');

/** How a person wants to be told by mail; `hour` and `timeZone` say when the daily mail comes. */
export const NoticeSettings = z.object({
  mail: z.record(z.enum(NOTICE_KINDS), ByMail),
  hour: z.int().min(0).max(23),
  timeZone: TimeZone,
});
export type NoticeSettings = z.infer<typeof NoticeSettings>;
export const NoticeSettingsChange = z
  .object({
    mail: z.partialRecord(z.enum(NOTICE_KINDS), ByMail),
    hour: z.int().min(0).max(23),
    timeZone: TimeZone,
  })
  .partial();
export type NoticeSettingsChange = z.infer<typeof NoticeSettingsChange>;

export const DEFAULT_SETTINGS: NoticeSettings = { mail: MAIL_DEFAULTS, hour: 8, timeZone: 'UTC' };

/** Whether this names a time zone that can be reckoned with. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** What was stored, as settings: a kind that is newer than the row has its default. */
export function readSettings(row: { mail: unknown; hour: number; timeZone: string } | null): NoticeSettings {
  if (row === null) return DEFAULT_SETTINGS;
  const chosen = z.record(z.string(), z.unknown()).parse(row.mail);
  const mail = NOTICE_KINDS.map((kind) => [kind, ByMail.safeParse(chosen[kind]).data ?? MAIL_DEFAULTS[kind]]);
  return { mail: Object.fromEntries(mail), hour: row.hour, timeZone: row.timeZone };
}

const QUARTER = 15 * 60_000;

/** The next time after `now` at which it is this hour where the person lives; a day without that hour is passed over. */
export function nextDaily(now: Date, { hour, timeZone }: Pick<NoticeSettings, 'hour' | 'timeZone'>): Date {
  const local = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  const wanted = `${String(hour).padStart(2, '0')}:00`;
  // Every zone is a whole number of quarters away from UTC, and no two days in a row lack the same hour.
  let at = (Math.floor(now.getTime() / QUARTER) + 1) * QUARTER;
  for (let tried = 0; tried < 2 * 25 * 4; tried += 1, at += QUARTER)
    if (local.format(at) === wanted) return new Date(at);
  throw new Error(`It is never ${wanted} in ${timeZone}`);
}
