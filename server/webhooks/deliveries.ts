import { database } from '../../db/client';
import {
  insertDeliveries,
  replayDelivery,
  selectDeliveries,
  tellOfDeliveries,
} from '../../db/webhook-deliveries';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import type { Delivery } from '../../lib/webhooks/webhook';
import { notFound, toPage } from '../edit';
import { spend } from '../limits';
import { findOwn } from './keep-webhooks';

/** What a webhook of one's own was told and is to be told, the newest first. @throws AppError forbidden for another's. */
export async function listDeliveries(
  grant: Grant,
  webhookId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  await findOwn(grant, webhookId);
  const page = { limit: limit + 1, ...(cursor && { cursor }) };
  return toPage(await selectDeliveries(database(), grant, { webhookId }, page), limit);
}

async function findDelivery(grant: Grant, webhookId: string, id: string): Promise<Delivery> {
  const [delivery] = await selectDeliveries(database(), grant, { webhookId, id }, { limit: 1 });
  if (delivery === undefined) throw notFound('delivery');
  return delivery;
}

async function mustBeOn(grant: Grant, webhookId: string): Promise<void> {
  const { disabled } = await findOwn(grant, webhookId);
  if (disabled !== null) throw new AppError('conflict', 'The webhook is switched off. Switch it on first.');
}

/** Sends a test, which tells nothing of the project. @throws AppError conflict while it is switched off, rate-limited. */
export async function pingWebhook(grant: Grant, webhookId: string): Promise<Delivery> {
  await mustBeOn(grant, webhookId);
  await spend('webhook-test', grant.actor.userId);
  const id = newId();
  await insertDeliveries(database(), grant, [{ id, webhookId, eventId: null, type: 'ping' }]);
  await tellOfDeliveries(database(), webhookId);
  return findDelivery(grant, webhookId, id);
}

/** Sends something again, under the same id, as its maker may see it now. @throws AppError as `pingWebhook` does. */
export async function replay(grant: Grant, webhookId: string, id: string): Promise<Delivery> {
  await mustBeOn(grant, webhookId);
  await findDelivery(grant, webhookId, id);
  await spend('webhook-test', grant.actor.userId);
  await replayDelivery(database(), grant, id);
  await tellOfDeliveries(database(), webhookId);
  return findDelivery(grant, webhookId, id);
}
