import { z } from 'zod';
import { Person } from '../annotations/annotation';
import { Happening } from '../events/event';
import { Id } from '../ids';

/** All types of events, as the log names them. */
export const EVENT_TYPES: readonly string[] = Happening.options.map(({ shape }) => shape.type.value);
/** What events are about: what stands before the point of their types. */
export const EVENT_NOUNS: readonly string[] = [
  ...new Set(EVENT_TYPES.map((type) => type.split('.')[0] as string)),
];

const isKnown = (choice: string) =>
  choice === '*' ||
  EVENT_TYPES.includes(choice) ||
  (choice.endsWith('.*') && EVENT_NOUNS.includes(choice.slice(0, -2)));

/** What somebody wants to hear of: a type (`claim.created`), all of a noun (`claim.*`), or everything (`*`). */
const Events = z
  .array(
    z
      .string()
      .max(80)
      .refine(isKnown, 'There is no such event. Name a type like claim.created, a noun like claim.*, or *'),
  )
  .min(1, 'Choose at least one kind of event')
  .max(100);

/** Whether an event of this type is among those that were chosen. */
export function isWanted(events: readonly string[], type: string): boolean {
  return events.includes('*') || events.includes(type) || events.includes(`${type.split('.')[0]}.*`);
}

/**
 * Why nothing is sent any more: its receiver failed for days, said that it is gone (410), whoever made it is in the project no more
 * or may not have one, somebody switched it off, or its secret can't be read (the instance has another of its own now).
 */
export const DISABLED = ['failing', 'gone', 'left', 'by-hand', 'unreadable'] as const;
export type Disabled = (typeof DISABLED)[number];

/** An address that is told what happens in a project, as far as whoever made it may hear of it. */
export const Webhook = z.object({
  id: Id,
  projectId: Id,
  /** To others than its maker the host alone, as such an address is a secret itself. */
  url: z.string(),
  events: z.array(z.string()),
  maker: Person,
  created: z.iso.datetime(),
  modified: z.iso.datetime(),
  /** Counts the changes; the ETag. */
  revision: z.int().min(1),
  disabled: z.object({ at: z.iso.datetime(), because: z.enum(DISABLED) }).nullable(),
  /** Since when every try failed; `null` where the last one did not. */
  failingSince: z.iso.datetime().nullable(),
});
export type Webhook = z.infer<typeof Webhook>;

/** A webhook with the secret that its deliveries are signed with, which is told this once. */
export const WebhookMade = Webhook.extend({ secret: z.string() });
export type WebhookMade = z.infer<typeof WebhookMade>;

const url = z.string().trim().min(1, 'Give the address that is to be told').max(2_000);
export const NewWebhook = z.object({ id: Id.optional(), url, events: Events });
export type NewWebhook = z.output<typeof NewWebhook>;
export const WebhookChange = z.object({ url, events: Events, isEnabled: z.boolean() }).partial();
export type WebhookChange = z.output<typeof WebhookChange>;

/** `skipped`: when its turn came, the webhook's maker could not see it any more. */
export const DELIVERY_STATES = ['waiting', 'sent', 'failed', 'skipped'] as const;

/** One thing that a webhook is told, and what became of that. What was sent is not kept. */
export const Delivery = z.object({
  id: Id,
  webhookId: Id,
  /** The event of the log; `null` for a ping. */
  eventId: z.int().nullable(),
  type: z.string(),
  created: z.iso.datetime(),
  state: z.enum(DELIVERY_STATES),
  /** How often it was tried. */
  attempts: z.int().min(0),
  /** When it is tried again; `null` where it is not. */
  due: z.iso.datetime().nullable(),
  /** When it was tried last, how long that took, and what came of it. */
  at: z.iso.datetime().nullable(),
  tookMs: z.int().nullable(),
  status: z.int().nullable(),
  /** How the answer begins. */
  answer: z.string().nullable(),
  error: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;
