import NextAuth from 'next-auth';
import type { AppError } from '@/lib/errors';
import { authOptions, invitationCookie } from '@/server/auth';
import { tellLimits } from '@/server/limits';
import { signInCookie } from '@/server/sign-in-steps';

type Context = { params: Promise<{ nextauth: string[] }> };

const handle = (request: Request, context: Context) => tellLimits(() => answer(request, context));

/**
 * next-auth's own routes: sign in, sign out, callbacks. The options are read at each request: the address is known only
 * once we listen. next-auth answers every refusal with 401; one for too many attempts says so, and when to come back.
 */
async function answer(request: Request, context: Context): Promise<Response> {
  const refusals: AppError[] = [];
  const steps: string[] = [];
  const options = authOptions({
    ip: request.headers.get('x-gloss-ip'),
    userAgent: request.headers.get('user-agent'),
    cookie: request.headers.get('cookie'),
    refused: (error) => refusals.push(error),
    atStep: (token) => steps.push(token),
  });
  const { nextauth } = await context.params;
  const kept = await invitationToKeep(request, nextauth.join('/'));
  const answered = (await NextAuth(options)(request, context)) as Response;
  const invited = kept === null ? answered : withCookie(answered, invitationCookie(kept));
  const response = steps.reduce((one, token) => withCookie(one, signInCookie(token)), invited);
  const retryAfter = refusals.at(-1)?.details?.retryAfter;
  if (typeof retryAfter !== 'number') return response;
  const headers = new Headers(response.headers);
  headers.set('retry-after', String(retryAfter));
  return new Response(response.body, { status: 429, headers });
}

/** The invitation that is to be kept for the way to the provider and back; empty once it came back, `null` elsewhere. */
async function invitationToKeep(request: Request, path: string): Promise<string | null> {
  if (path === 'callback/oidc') return '';
  if (path !== 'signin/oidc' || request.method !== 'POST') return null;
  const form = new URLSearchParams(await request.clone().text());
  return form.get('invitation') ?? '';
}

function withCookie(response: Response, cookie: string): Response {
  const headers = new Headers(response.headers);
  headers.append('set-cookie', cookie);
  return new Response(response.body, { status: response.status, headers });
}

export { handle as GET, handle as POST };
