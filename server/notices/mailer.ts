import { randomUUID } from 'node:crypto';
import { database } from '../../db/client';
import { selectNotices } from '../../db/notices';
import { type DueMail, finishMail, leaseMails, selectNoticeSettings } from '../../db/notices/mails';
import { findUser } from '../../db/people';
import { env } from '../../env';
import type { Actor } from '../../lib/access/actor';
import { composeMail } from '../../lib/notices/compose-mail';
import type { Notice } from '../../lib/notices/notice';
import { readSettings } from '../../lib/notices/settings';
import { log } from '../log';
import { sendMail } from '../mail';
import { readNotice } from './read-notice';

/** Mails that one process sends at once. */
const AT_ONCE = 5;
/** Longer than any mail server takes to answer; what a killed process had taken up is free again after it, in ms. */
const LEASE_MS = 2 * 60_000;
/** Tries, each after twice the time of the one before, from a minute up to six hours: two days in all. */
const TRIES = 16;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** Notices that one mail tells of. */
const MOST_TOLD = 100;

export type MailerOptions = { readonly now?: () => Date; readonly leaseMs?: number };

export type Mailer = {
  /** Sends what is due, as much as one process sends at once, and answers how many mails it took up. */
  sendOnce(): Promise<number>;
  /** Sends from time to time, in ms. */
  start(everyMs: number): void;
  /** Waits for what is under way. */
  stop(): Promise<void>;
};

/** How long to wait after so many tries came to nothing, in ms. */
export function waitAfter(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempts - 1));
}

/** Sends the mails that notices asked for; any number of processes share the work through the database. */
export function createMailer({ now = () => new Date(), leaseMs = LEASE_MS }: MailerOptions = {}): Mailer {
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  let running: Promise<unknown> = Promise.resolve();

  async function sendOnce(): Promise<number> {
    const given = {
      now: now(),
      until: new Date(now().getTime() + leaseMs),
      lease: randomUUID(),
      most: AT_ONCE,
    };
    const due = await database().transaction((tx) => leaseMails(tx, given));
    await Promise.all(due.map(deliver));
    return due.length;
  }

  async function deliver(mail: DueMail): Promise<void> {
    try {
      const made = await write(mail, now().toISOString().slice(0, 10));
      // The same id in every try: should an answer get lost, whoever receives it twice can tell.
      if (made !== null) await sendMail({ ...made, messageId: `<${mail.id}@${hostOfInstance()}>` });
      await finishMail(database(), mail, { done: now() });
    } catch (error) {
      const isLast = mail.attempts >= TRIES;
      const became = isLast
        ? { gaveUp: now() }
        : { due: new Date(now().getTime() + waitAfter(mail.attempts)) };
      log[isLast ? 'error' : 'warn']({ err: error, mailId: mail.id }, 'a mail about notices was not sent');
      await finishMail(database(), mail, became);
    }
  }

  function plan(ms: number, everyMs: number): void {
    if (stopping) return;
    timer = setTimeout(() => {
      running = sendOnce()
        .catch((error: unknown) => {
          log.error({ err: error }, 'mails about notices could not be looked up');
          return 0;
        })
        .then((sent) => plan(sent === AT_ONCE ? 0 : everyMs, everyMs));
    }, ms);
  }

  return {
    sendOnce,
    start: (everyMs) => plan(0, everyMs),
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function hostOfInstance(): string {
  return new URL(address()).hostname;
}

function address(): string {
  return env().GLOSS_URL ?? 'http://localhost';
}

/**
 * What a mail says, judged when it is sent: what its person may not see any more, has set to come in another way, or in a
 * daily mail has seen already, is left out. `null` when nothing is left.
 */
async function write(mail: DueMail, today: string) {
  const user = await findUser(database(), mail.userId);
  if (user === null) return null;
  const actor: Actor = {
    userId: user.id,
    name: user.name,
    email: user.email,
    via: { kind: 'mail', id: mail.id },
    scopes: ['read'],
    ip: null,
  };
  const settings = readSettings((await selectNoticeSettings(database(), [user.id])).get(user.id) ?? null);
  const filter = { unseen: mail.kind === 'daily', ids: mail.noticeIds };
  const rows = await selectNotices(database(), actor, filter, { limit: MOST_TOLD });
  const notices: Notice[] = [];
  for (const row of rows.reverse()) {
    if (settings.mail[row.notice.kind] === 'none') continue;
    const notice = await readNotice(actor, row);
    if (notice !== null) notices.push(notice);
  }
  if (notices.length === 0) return null;
  return { to: user.email, ...composeMail(notices, mail.kind, { address: address(), today }) };
}
