import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { clientAddress } from './client-address';

/** Headers a client must not bring along: Next and we set or trust them. */
const OURS = [
  'x-middleware-subrequest',
  'x-middleware-prefetch',
  'x-nonce',
  'content-security-policy',
  'x-gloss-ip',
  'next-resume',
];

/** What proxies say of a request: read once, by us; Next must not build addresses or hosts from it. */
const FORWARDED = ['x-forwarded-host', 'x-forwarded-for', 'forwarded', 'x-real-ip'];

/** What is the same for everybody and never changes: built files, and those of the library that draws pages. */
const KEPT = /^\/(?:_next\/static|pdf-library)\//;

/** A file that somebody brought in is no page of ours, whatever it holds. */
const SOURCE_FILE = /^\/api\/projects\/[^/?]{1,64}\/sources\/[^/?]{1,64}\/file(?:\?|$)/;
const FILE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/**
 * The page that another site's page is sent to keeps the window that opened it, as that is who sends: what it says is shown
 * and nothing else, until somebody presses. All other pages share no window.
 */
const CLIP = /^\/clip(?:\?|$)/;

/**
 * Sets the security headers of an answer, on every route, and gives the request what the pages need: a nonce for their
 * scripts (Next reads it from the policy) and the address it came from.
 */
export function secure(
  request: IncomingMessage,
  response: ServerResponse,
  options: { https: boolean; development: boolean },
): void {
  for (const name of OURS) delete request.headers[name];
  const ip = clientAddress(request);
  for (const name of FORWARDED) delete request.headers[name];
  const nonce = randomBytes(16).toString('base64');
  // React's development build evaluates strings for its stack traces; production never does.
  const evaluate = options.development ? " 'unsafe-eval'" : '';
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${evaluate}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
  request.headers['content-security-policy'] = policy;
  const isFile = SOURCE_FILE.test(request.url ?? '');
  request.headers['x-nonce'] = nonce;
  request.headers['x-gloss-ip'] = ip ?? '';
  response.setHeader('Content-Security-Policy', isFile ? FILE_POLICY : policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader(
    'Cross-Origin-Opener-Policy',
    CLIP.test(request.url ?? '') ? 'unsafe-none' : 'same-origin',
  );
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
  response.setHeader('X-Frame-Options', 'DENY');
  if (options.https) response.setHeader('Strict-Transport-Security', 'max-age=63072000; includeSubDomains');
  if (!KEPT.test(request.url ?? '')) response.setHeader('Cache-Control', 'no-store');
}
