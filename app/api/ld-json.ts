import { createHash } from 'node:crypto';
import { env } from '@/env';
import { LD_JSON } from '@/lib/api/ld-headers';

/** Where the instance is reached from outside, without a slash at its end: as it is set, else as it was asked. */
export function baseOf(request: Request): string {
  const set = env().GLOSS_URL ?? `http://${request.headers.get('host') ?? new URL(request.url).host}`;
  return set.replace(/\/+$/, '');
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
