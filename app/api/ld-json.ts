import { createHash } from 'node:crypto';
import { env } from '@/env';
import { LD_JSON } from '@/lib/api/ld-headers';
import { AppError } from '@/lib/errors';

/** Where the instance is reached from outside, without a slash at its end: as it is set, else as it was asked. */
export function baseOf(request: Request): string {
  const set = env().GLOSS_URL ?? `http://${request.headers.get('host') ?? new URL(request.url).host}`;
  return set.replace(/\/+$/, '');
}

const TYPES = new Set(['application/ld+json', 'application/json', 'application/*', '*/*']);

/**
 * Refuses to answer in what is not spoken here: Turtle, say. Whoever accepts nothing in particular gets JSON-LD.
 * @throws AppError unsupported (406).
 */
export function mustAcceptLd(request: Request): void {
  const accepted = (request.headers.get('accept') ?? '*/*').split(',').map((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    return TYPES.has(type) && !parameters.some((one) => /^q=0(\.0*)?$/.test(one));
  });
  if (accepted.includes(true)) return;
  throw new AppError('unsupported', 'Annotations are told as JSON-LD alone. Accept application/ld+json.', {
    details: { reason: 'accept' },
  });
}

/** Answers JSON-LD. The ETag is the revision where there is one; else it is of the very bytes. */
export function ldJson(
  document: object,
  given: { revision?: number; status?: number; headers?: Record<string, string> } = {},
): Response {
  const text = JSON.stringify(document);
  const tag = given.revision ?? createHash('sha256').update(text).digest('base64url').slice(0, 22);
  return new Response(text, {
    status: given.status ?? 200,
    headers: { 'content-type': LD_JSON, etag: `"${tag}"`, ...given.headers },
  });
}
