import './test-environment';
import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import { ORIGIN } from '@/tests/support/instance';
import { ROOT } from '@/tests/support/source-files';

// Next looks for it on the global object before anything of its own is loaded.
Object.assign(globalThis, { AsyncLocalStorage });

type Route = Record<
  'GET' | 'POST',
  (request: Request, context: { params: Promise<{ nextauth: string[] }> }) => Promise<Response>
>;

/** A browser as next-auth's routes see it: it keeps cookies and sends them along. */
export class Browser {
  readonly jar = new Map<string, string>();
  /** Where its requests come from. */
  ip: string;

  constructor(ip = '192.0.2.1') {
    this.ip = ip;
  }

  /** Calls a route of next-auth; `form` is posted. */
  async visit(path: string, form?: Record<string, string>): Promise<Response> {
    const url = new URL(`/api/auth/${path}`, ORIGIN);
    const headers = new Headers({
      host: url.host,
      origin: ORIGIN,
      'x-gloss-ip': this.ip,
      'user-agent': 'Test browser',
      ...(this.jar.size > 0
        ? { cookie: [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ') }
        : {}),
    });
    const { NextRequest } = await import('next/server');
    const request = new NextRequest(url, {
      method: form ? 'POST' : 'GET',
      headers,
      ...(form ? { body: new URLSearchParams(form) } : {}),
    });
    const route = (await import(join(ROOT, 'app/api/auth/[...nextauth]/route.ts'))) as Route;
    const params = Promise.resolve({ nextauth: url.pathname.split('/').slice(3) });
    const response = await inRequest(headers, () => route[form ? 'POST' : 'GET'](request, { params }));
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === '' || /max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return response;
  }

  /** Posts one of next-auth's forms with its token, as the sign-in page does. */
  async post(path: string, form: Record<string, string>): Promise<Response> {
    const { csrfToken } = (await (await this.visit('csrf')).json()) as { csrfToken: string };
    return this.visit(path, { ...form, csrfToken, json: 'true' });
  }

  /** Tries to sign in; answers the status, and next-auth's word for what went wrong. */
  async signIn(
    by: 'credentials' | 'link' | 'step' | 'passkey',
    form: Record<string, string>,
  ): Promise<{ status: number; error: string | null; retryAfter: string | null }> {
    const response = await this.post(`callback/${by}`, form);
    const { url } = (await response.json()) as { url: string };
    return {
      status: response.status,
      error: new URL(url, ORIGIN).searchParams.get('error'),
      retryAfter: response.headers.get('retry-after'),
    };
  }

  /** The session cookie, when it has one. */
  get session(): string | undefined {
    return this.jar.get('gloss-session');
  }
}

/** Runs a route as Next does: what it asks Next for about the request is there. */
async function inRequest<T>(headers: Headers, run: () => Promise<T>): Promise<T> {
  const [{ workAsyncStorage }, { workUnitAsyncStorage }, { HeadersAdapter }, { RequestCookies }] =
    await Promise.all([
      import('next/dist/server/app-render/work-async-storage.external.js'),
      import('next/dist/server/app-render/work-unit-async-storage.external.js'),
      import('next/dist/server/web/spec-extension/adapters/headers.js'),
      import('next/dist/server/web/spec-extension/cookies.js'),
    ]);
  const unit = {
    type: 'request',
    phase: 'render',
    headers: HeadersAdapter.seal(headers),
    cookies: new RequestCookies(headers),
  };
  const work = { route: '/api/auth/[...nextauth]' };
  type Work = Parameters<typeof workAsyncStorage.run>[0];
  type Unit = Parameters<typeof workUnitAsyncStorage.run>[0];
  return workAsyncStorage.run(work as unknown as Work, () =>
    workUnitAsyncStorage.run(unit as unknown as Unit, run),
  );
}
