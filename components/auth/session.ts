import { CallError, call } from '@/components/ui/http';
import { signWithPasskey } from './passkey';

// Spoken to next-auth directly: its own browser client leaves the page when the server can't be reached,
// and with it goes what was typed.
const BASE = '/api/auth';
const OFFLINE = 'No connection to the server. Try again in a moment.';

/** What next-auth says where the proof was right and is not enough. */
const NEXT_STEP = 'NextStep';
/** Whether somebody is in, or has to go on to the next step. */
export type Entered = 'in' | 'step';

/** The page of the next step, which leads on to `to`. */
export const stepPage = (to: string) => `/sign-in/step?to=${encodeURIComponent(to)}`;

/** Signs in with e-mail and password. @throws CallError with words for the person. */
export async function signInWithPassword(email: string, password: string): Promise<Entered> {
  const error = await enter('credentials', { email, password });
  if (error === NEXT_STEP) return 'step';
  if (error === 'CredentialsSignin') {
    throw new CallError(
      'unauthenticated',
      'That e-mail and password do not belong together. Check both and try again.',
    );
  }
  if (error) throw new CallError('unauthenticated', error);
  return 'in';
}

/** Signs in with the token of a one-time link. @throws CallError with words for the person. */
export async function signInWithLink(token: string): Promise<Entered> {
  const error = await enter('link', { token });
  if (error === NEXT_STEP) return 'step';
  if (error === 'CredentialsSignin') {
    throw new CallError('unauthenticated', 'This link was used already or has run out. Ask for a new one.');
  }
  if (error) throw new CallError('unauthenticated', error);
  return 'in';
}

/** Gives what the step asks for: a code, or another password. @throws CallError with words for the person. */
export async function takeStep(given: { code: string } | { password: string }): Promise<Entered> {
  return enteredBy(await enter('step', given));
}

/** Gives a passkey's signature, as the step that follows a password or alone. @throws CallError with words for the person. */
export async function signInWithPasskey(way: 'step' | 'passkey'): Promise<Entered> {
  const signature = await signWithPasskey(() => call('sign-in.passkey'));
  return enteredBy(await enter(way, { passkey: JSON.stringify(signature) }));
}

function enteredBy(error: string | null): Entered {
  if (error === NEXT_STEP) return 'step';
  if (error) throw new CallError('unauthenticated', error);
  return 'in';
}

/** Leaves for the sign-in page of the organisation, which sends the person back to `to`; an invitation is taken along. */
export async function signInElsewhere(to: string, invitation?: string): Promise<void> {
  const fields = { callbackUrl: to, ...(invitation ? { invitation } : {}) };
  window.location.assign(await post('signin/oidc', fields));
}

/** Ends this session. */
export async function signOut(): Promise<void> {
  await post('signout', { callbackUrl: '/sign-in' });
}

async function enter(
  way: 'credentials' | 'link' | 'passkey' | 'step',
  fields: Record<string, string>,
): Promise<string | null> {
  const url = await post(`callback/${way}`, { callbackUrl: '/projects', ...fields });
  return new URL(url, window.location.origin).searchParams.get('error');
}

/** Posts a form to next-auth and answers where it would send the browser. */
async function post(path: string, fields: Record<string, string>): Promise<string> {
  const { csrfToken } = await json<{ csrfToken: string }>(`${BASE}/csrf`, {});
  const body = new URLSearchParams({ ...fields, csrfToken, json: 'true' });
  const { url } = await json<{ url: string }>(`${BASE}/${path}`, { method: 'POST', body });
  return url;
}

async function json<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', ...init });
  } catch {
    throw new CallError('offline', OFFLINE);
  }
  if (response.status === 429) {
    throw new CallError('rate-limited', 'Too many tries. Wait a quarter of an hour, then try again.');
  }
  // next-auth answers a refused sign-in with 401 and the same JSON.
  if (!response.headers.get('content-type')?.includes('json')) {
    throw new CallError('unexpected', `The server answered ${response.status}. Try again in a moment.`);
  }
  return (await response.json()) as T;
}
