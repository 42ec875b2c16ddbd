import { createHmac, randomBytes } from 'node:crypto';
import { sealerFor } from '../sealed';

/** A new secret, as the Standard Webhooks specification writes it. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** Webhooks' secrets as they are stored: each is needed again to sign. */
export const { seal, unseal } = sealerFor('webhook secrets');

/** The headers that prove a message (its id, when it is sent in s, and its body) by the Standard Webhooks specification. */
export function signed(secret: string, id: string, seconds: number, body: string): Record<string, string> {
  const signer = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'));
  const signature = signer.update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': `v1,${signature}` };
}
