import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { env } from '../../env';
import { hashToken } from '../secret';
import { tellMetrics } from './metrics';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const OWN_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;
const PROXIED = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'];

/** Whether a request is for the measures; judged before anybody looks at its Host. */
export function isForMetrics(request: IncomingMessage): boolean {
  return request.method === 'GET' && (request.url ?? '').split('?')[0] === '/metrics';
}

/**
 * Whether a request may have the measures: with METRICS_TOKEN; where there is none, from this machine itself, by a name of it
 * and not through a proxy. Ask before the headers of proxies are taken off.
 */
export function mayReadMetrics(request: IncomingMessage): boolean {
  const { METRICS_TOKEN, TRUSTED_PROXY } = env();
  if (METRICS_TOKEN !== undefined) {
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return timingSafeEqual(Buffer.from(hashToken(given)), Buffer.from(hashToken(METRICS_TOKEN)));
  }
  return (
    TRUSTED_PROXY === undefined &&
    LOOPBACK.test(request.socket.remoteAddress ?? '') &&
    OWN_NAME.test(request.headers.host ?? '') &&
    PROXIED.every((name) => request.headers[name] === undefined)
  );
}

/** Answers with the measures, or with what is needed to read them. */
export async function answerMetrics(response: ServerResponse, mayRead: boolean): Promise<void> {
  if (mayRead) {
    const { type, text } = await tellMetrics();
    response.writeHead(200, { 'content-type': type }).end(text);
    return;
  }
  const headers = { 'content-type': 'text/plain', 'www-authenticate': 'Bearer' };
  response.writeHead(401, headers).end('Set METRICS_TOKEN and send it: Authorization: Bearer TOKEN.\n');
}
