import { database, type Transaction } from '../../db/client';
import { lastEventId, lockProject } from '../../db/events';
import { insertWebhook, selectWebhooks, updateWebhookRow } from '../../db/webhooks';
import { can } from '../../lib/access/can';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import type { NewWebhook, Webhook, WebhookChange, WebhookMade } from '../../lib/webhooks/webhook';
import { baseRevision, changedMeanwhile, notFound } from '../edit';
import { publish } from '../events/publish';
import { newSecret, seal } from './seal';
import { receiverAddress } from './send';

/** Webhooks of one project: each is told everything that it asked for. */
const MOST = 20;

/** A webhook as the log tells of it. */
export const subjectOf = ({ id, url, events, maker }: Webhook) => ({
  id,
  host: new URL(url).host,
  events,
  maker,
});

/** The address of a webhook is a secret itself: others than its maker are shown whose it is. */
const shownTo = ({ actor }: Grant, webhook: Webhook): Webhook =>
  webhook.maker.id === actor.userId ? webhook : { ...webhook, url: `${new URL(webhook.url).origin}/…` };

/** The webhooks of a project. */
export async function listWebhooks(grant: Grant): Promise<{ items: Webhook[]; nextCursor: null }> {
  const items = await selectWebhooks(database(), grant);
  return { items: items.map((one) => shownTo(grant, one)), nextCursor: null };
}

/** A webhook of the Grant's actor: what it is told is what they may see. @throws AppError not-found, forbidden. */
export async function findOwn(grant: Grant, id: string, tx?: Transaction): Promise<Webhook> {
  const [webhook] = await selectWebhooks(tx ?? database(), grant, id);
  if (webhook === undefined) throw notFound('webhook');
  if (webhook.maker.id !== grant.actor.userId)
    throw new AppError(
      'forbidden',
      `${webhook.maker.name} made this webhook, and it tells what they may see. Make one of your own.`,
    );
  return webhook;
}

/**
 * Makes a webhook that is told what happens from now on. The same id twice answers the existing one, with a new secret.
 * @throws AppError invalid for an address that may not be told things, too-large when there are as many as a project takes.
 */
export async function createWebhook(grant: Grant, input: NewWebhook): Promise<WebhookMade> {
  const id = input.id ?? newId();
  const url = receiverAddress(input.url).href;
  const secret = newSecret();
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const all = await selectWebhooks(tx, grant);
    if (all.some((one) => one.id === id)) return renew(tx, grant, await findOwn(grant, id, tx));
    if (all.length >= MOST)
      throw new AppError('too-large', `A project has at most ${MOST} webhooks. Delete one first.`);
    const cursor = await lastEventId(tx, grant);
    if (!(await insertWebhook(tx, grant, { id, url, events: input.events, secret: seal(secret), cursor })))
      throw new AppError('conflict', 'This id is taken. Choose another.');
    const webhook = await findOwn(grant, id, tx);
    await publish(tx, grant, { type: 'webhook.created', subject: subjectOf(webhook) });
    return { ...webhook, secret };
  });
}

/**
 * Changes a webhook of one's own, switches it off or on. Switched on, it is told what happens from then on.
 * @throws AppError forbidden for another's, conflict when it changed meanwhile, invalid for an address as above.
 */
export async function updateWebhook(
  grant: Grant,
  id: string,
  change: WebhookChange,
  ifMatch: number | null,
): Promise<Webhook> {
  const url = change.url === undefined ? undefined : receiverAddress(change.url).href;
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await findOwn(grant, id, tx);
    const { events, isEnabled } = change;
    const fields = {
      ...(url !== undefined && { url }),
      ...(events !== undefined && { events }),
      ...(isEnabled === false && before.disabled === null && { disabled: 'by-hand' as const }),
      ...(isEnabled === true &&
        before.disabled !== null && { disabled: null, cursor: await lastEventId(tx, grant) }),
    };
    if (!(await updateWebhookRow(tx, grant, id, baseRevision(before, ifMatch), fields)))
      throw changedMeanwhile();
    const webhook = await findOwn(grant, id, tx);
    await publish(tx, grant, { type: 'webhook.updated', subject: subjectOf(webhook) });
    return webhook;
  });
}

/** Gives a webhook of one's own another secret, which counts at once. @throws AppError forbidden for another's. */
export async function renewSecret(grant: Grant, id: string): Promise<WebhookMade> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    return renew(tx, grant, await findOwn(grant, id, tx));
  });
}

async function renew(tx: Transaction, grant: Grant, { id, revision }: Webhook): Promise<WebhookMade> {
  const secret = newSecret();
  await updateWebhookRow(tx, grant, id, revision, { secret: seal(secret) });
  const webhook = await findOwn(grant, id, tx);
  await publish(tx, grant, { type: 'webhook.updated', subject: subjectOf(webhook) });
  return { ...webhook, secret };
}

/** Deletes a webhook, an owner another's too. @throws AppError forbidden, conflict when it changed meanwhile. */
export async function deleteWebhook(grant: Grant, id: string, ifMatch: number | null): Promise<Webhook> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const [before] = await selectWebhooks(tx, grant, id);
    if (before === undefined) throw notFound('webhook');
    if (!can(grant.role, 'webhook.delete-any')) await findOwn(grant, id, tx);
    if (!(await updateWebhookRow(tx, grant, id, baseRevision(before, ifMatch), { deleted: true })))
      throw changedMeanwhile();
    await publish(tx, grant, { type: 'webhook.deleted', subject: subjectOf(before) });
    return shownTo(grant, before);
  });
}
