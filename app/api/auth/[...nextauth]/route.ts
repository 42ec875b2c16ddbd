import NextAuth from 'next-auth';
import type { AppError } from '@/lib/errors';
import { authOptions } from '@/server/auth';

type Context = { params: Promise<{ nextauth: string[] }> };

/**
 * next-auth's own routes: sign in, sign out, callbacks. The options are read at each request: the address is known only
 * once we listen. next-auth answers every refusal with 401; one for too many attempts says so, and when to come back.
 */
async function handle(request: Request, context: Context): Promise<Response> {
  const refusals: AppError[] = [];
  const options = authOptions({
    ip: request.headers.get('x-gloss-ip'),
    userAgent: request.headers.get('user-agent'),
    refused: (error) => refusals.push(error),
  });
  const response = (await NextAuth(options)(request, context)) as Response;
  const retryAfter = refusals.at(-1)?.details?.retryAfter;
  if (typeof retryAfter !== 'number') return response;
  const headers = new Headers(response.headers);
  headers.set('retry-after', String(retryAfter));
  return new Response(response.body, { status: 429, headers });
}

export { handle as GET, handle as POST };
