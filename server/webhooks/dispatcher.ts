import { randomUUID } from 'node:crypto';
import { database } from '../../db/client';
import { listEvents } from '../../db/events';
import { findUser } from '../../db/people';
import {
  type DueDelivery,
  finishDelivery,
  forgetDeliveries,
  insertDeliveries,
  leaseDeliveries,
  tellOfDeliveries,
} from '../../db/webhook-deliveries';
import {
  type Behind,
  leaseBehind,
  moveCursor,
  noteTry,
  selectSending,
  selectWebhooks,
  updateWebhookRow,
} from '../../db/webhooks';
import { eventFor } from '../../lib/access/event-for';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import type { Event } from '../../lib/events/event';
import { newId } from '../../lib/new-id';
import { type Disabled, isWanted } from '../../lib/webhooks/webhook';
import { authorize } from '../access/authorize';
import { readEvents } from '../events/list';
import { publish } from '../events/publish';
import { log } from '../log';
import { tellOfWebhook } from '../notices/work';
import type { Resolve } from '../sources/address';
import { subjectOf } from './keep-webhooks';
import { signed, unseal } from './seal';
import { type Sent, sendMessage } from './send';

/** Messages that one process sends at once, and webhooks whose projects it looks through. */
const AT_ONCE = 5;
/** Events that are looked through for one webhook at a time. */
const PAGE = 200;
/** Longer than any receiver may take; what a killed process had taken up is free again after it, in ms. */
const LEASE_MS = 60_000;
/** ms between a try and the one after it: eight tries in a day. */
const WAITS = [60_000, 5 * 60_000, 20 * 60_000, 3_600_000, 3 * 3_600_000, 6 * 3_600_000, 12 * 3_600_000];
/** ms of nothing but failures after which a webhook is switched off. */
const PATIENCE_MS = 3 * 86_400_000;
/** ms that is kept what was sent. */
const MEMORY_MS = 30 * 86_400_000;

export type DispatcherOptions = {
  readonly now?: () => Date;
  readonly leaseMs?: number;
  readonly resolve?: Resolve;
};

export type Dispatcher = {
  /** Queues what happened and sends what is due, as much as one process does at once; answers how much it took up. */
  sendOnce(): Promise<number>;
  /** Sends from time to time, in ms. */
  start(everyMs: number): void;
  /** Waits for what is under way. */
  stop(): Promise<void>;
};

/** How long to wait after so many tries came to nothing, in ms; `null` where it is not tried again. */
export function waitAfter(attempts: number): number | null {
  return WAITS[attempts - 1] ?? null;
}

/** Tells webhooks what happens; any number of processes share the work through the database. */
export function createDispatcher(options: DispatcherOptions = {}): Dispatcher {
  const { now = () => new Date(), leaseMs = LEASE_MS, resolve } = options;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  let running: Promise<unknown> = Promise.resolve();
  const leasing = () => ({
    ...{ now: now(), until: new Date(now().getTime() + leaseMs), lease: randomUUID(), most: AT_ONCE },
  });

  async function sendOnce(): Promise<number> {
    const behind = await database().transaction((tx) => leaseBehind(tx, leasing()));
    for (const webhook of behind) await queue(webhook);
    const due = await database().transaction((tx) => leaseDeliveries(tx, leasing()));
    await Promise.all(due.map(deliver));
    return behind.length + due.length;
  }

  /** Looks through what happened since for what a webhook wants to hear. */
  async function queue(webhook: Behind): Promise<void> {
    const grant = await grantOf(webhook);
    if (grant === 'closed') return;
    if (grant === null) return disable(webhook, 'left');
    const { events, read } = await readEvents(grant, webhook.cursor, PAGE);
    const wanted = events.filter(({ happening }) => isWanted(webhook.events, happening.type));
    await database().transaction(async (tx) => {
      const made = wanted.map(({ id, happening }) => ({
        ...{ id: newId(), webhookId: webhook.id, eventId: id, type: happening.type },
      }));
      await insertDeliveries(tx, webhook, made);
      await moveCursor(tx, webhook, read);
      if (made.length > 0) await tellOfDeliveries(tx, webhook.id);
    });
  }

  async function deliver(delivery: DueDelivery): Promise<void> {
    try {
      await attempt(delivery);
    } catch (error) {
      log.error({ err: error, deliveryId: delivery.id }, 'a webhook could not be told something');
      await finish(delivery, { status: null, answer: null, error: 'Something went wrong here.' }, null);
    }
    await tellOfDeliveries(database(), delivery.webhookId);
  }

  /** What is told is judged when it is told, by what the webhook's maker may see then. */
  async function attempt(delivery: DueDelivery): Promise<void> {
    const webhook = await selectSending(database(), delivery.webhookId);
    if (webhook === null) return void (await finishDelivery(database(), delivery, {}));
    const target = { ...webhook, id: delivery.webhookId };
    const grant = await grantOf(target);
    if (grant === 'closed')
      return void (await finishDelivery(database(), delivery, {
        due: new Date(now().getTime() + CLOSED_MS),
      }));
    if (grant === null) return end(delivery, target, 'left');
    const secret = unseal(webhook.secret);
    if (secret === null) return end(delivery, target, 'unreadable');
    const body = await bodyOf(grant, delivery);
    if (body === null)
      return void (await finishDelivery(database(), delivery, { state: 'skipped', at: now() }));
    const begun = performance.now();
    const headers = signed(secret, `msg_${delivery.id}`, Math.floor(now().getTime() / 1_000), body);
    const sent = await sendMessage(webhook.url, headers, body, { ...(resolve && { resolve }) });
    await finish(delivery, sent, Math.round(performance.now() - begun));
    if (sent.status === 410) await disable(target, 'gone');
    else if (!isTaken(sent) && isHopeless(webhook.failingSince)) await disable(target, 'failing');
  }

  const isHopeless = (since: Date | null) =>
    since !== null && now().getTime() - since.getTime() > PATIENCE_MS;

  async function end(delivery: DueDelivery, webhook: Target, because: Disabled): Promise<void> {
    await finishDelivery(database(), delivery, {});
    await disable(webhook, because);
  }

  async function finish(delivery: DueDelivery, sent: Sent, tookMs: number | null): Promise<void> {
    const at = now();
    const taken = isTaken(sent);
    const wait = waitAfter(delivery.attempts);
    const said = { ...sent, at, tookMs };
    const became = taken
      ? { state: 'sent' as const }
      : wait === null
        ? { state: 'failed' as const }
        : { due: new Date(at.getTime() + wait) };
    if (await finishDelivery(database(), delivery, { ...said, ...became }))
      await noteTry(database(), delivery.webhookId, taken ? null : at);
  }

  function plan(ms: number, everyMs: number): void {
    if (stopping) return;
    timer = setTimeout(() => {
      running = sendOnce()
        .catch((error: unknown) => {
          log.error({ err: error }, 'what webhooks are to be told could not be looked up');
          return 0;
        })
        .then((taken) => plan(taken > 0 ? 0 : everyMs, everyMs));
    }, ms);
  }

  return {
    sendOnce,
    start: (everyMs) => {
      running = forgetDeliveries(database(), new Date(now().getTime() - MEMORY_MS)).catch((error: unknown) =>
        log.warn({ err: error }, 'old deliveries of webhooks were not forgotten'),
      );
      plan(0, everyMs);
    },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await running;
    },
  };
}

const isTaken = ({ status }: Sent) => status !== null && status >= 200 && status < 300;

type Target = { readonly id: string; readonly projectId: string; readonly makerId: string };

/** A project that is closed to a webhook's maker until they have a second factor is looked at again after so many ms. */
const CLOSED_MS = 3_600_000;

/**
 * What a webhook's maker may see now; `null` when they are in the project no more, or may have no webhook, and `closed` while they lack
 * the second factor that is asked for.
 */
async function grantOf({ id, projectId, makerId }: Target): Promise<Grant | 'closed' | null> {
  const user = await findUser(database(), makerId);
  if (user === null) return null;
  const { name, email } = user;
  const via = { kind: 'webhook', id } as const;
  return authorize(
    { userId: makerId, name, email, via, scopes: ['read'], ip: null },
    'webhook.read',
    projectId,
  ).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    return error.details?.reason === 'second-factor' ? ('closed' as const) : null;
  });
}

/** Switches a webhook off by itself: in the log, and by a notice to whoever made it. */
async function disable({ id, projectId, makerId }: Target, because: Disabled): Promise<void> {
  await database().transaction(async (tx) => {
    const [webhook] = await selectWebhooks(tx, { projectId }, id);
    if (webhook === undefined || webhook.disabled !== null) return;
    if (!(await updateWebhookRow(tx, { projectId }, id, webhook.revision, { disabled: because }))) return;
    const subject = { ...subjectOf(webhook), because };
    await publish(tx, { projectId, actor: null }, { type: 'webhook.disabled', subject });
    await tellOfWebhook(tx, { projectId }, makerId);
  });
}

/** What is sent of a delivery, as its maker may see it now; `null` when they may not. */
async function bodyOf(grant: Grant, { eventId, created, type }: DueDelivery): Promise<string | null> {
  if (eventId === null) {
    const data = { projectId: grant.projectId };
    return JSON.stringify({ type, timestamp: created.toISOString(), data });
  }
  const [logged] = await listEvents(database(), grant, eventId - 1, 1);
  const event = logged?.event.id === eventId ? eventFor(grant, logged) : null;
  return event && JSON.stringify(messageOf(event));
}

/** An event as it is sent, laid out as the Standard Webhooks specification advises. */
function messageOf({ id, projectId, at, actor, happening: { type, subject } }: Event) {
  return { type, timestamp: at, data: { eventId: id, projectId, actor, subject } };
}
