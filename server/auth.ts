import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { database } from '../db/client';
import { createSession, endSessions, findSession, recordAccountEvent } from '../db/people';
import { env } from '../env';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import { cookieValue, findActor, sessionCookieName } from './actor';
import { weakness } from './common-passwords';
import { log } from './log';
import { type OidcProfile, OidcRefused, type OidcVisit, oidcSettings, personOfProfile } from './oidc';
import { checkPassword } from './people';
import { hashToken, instanceSecret, newToken } from './secret';
import { redeemSignInLink } from './sign-in-links';
import { NEXT_STEP, type SignedIn, signInByPasskey, stepAfter, takeStep } from './sign-in-steps';

/** How long the provider may take for each answer, in ms. */
const PROVIDER_MS = 10_000;
const INVITATION_COOKIE = 'gloss-invitation';
/** How long somebody may take at the provider, in seconds. */
const INVITATION_SECONDS = 600;

type Person = { id: string; name: string; email: string };

/** The ways to sign in that this instance offers; `oidc` is the provider's name to show. */
export function signInWays(): { password: true; link: boolean; oidc: string | null } {
  return {
    password: true,
    link: env().SMTP_URL !== undefined,
    oidc: oidcSettings()?.name ?? null,
  };
}

function oidcProvider(): OAuthConfig<OidcProfile>[] {
  const settings = oidcSettings();
  if (settings === null) return [];
  const { issuer, clientId, clientSecret, name } = settings;
  return [
    {
      id: 'oidc',
      name,
      type: 'oauth',
      wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      clientId,
      clientSecret,
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      httpOptions: { timeout: PROVIDER_MS },
      // Many a provider tells the address only there; the library holds its subject against the token's.
      userinfo: {
        request: async ({ tokens, client }) => {
          const checked = tokens as Exclude<Parameters<typeof client.userinfo>[0], string>;
          const more = client.issuer.metadata.userinfo_endpoint ? await client.userinfo(checked) : {};
          return { ...checked.claims(), ...more };
        },
      },
      authorization: { params: { scope: 'openid email profile' } },
      profile: (profile) => ({ id: profile.sub, name: profile.name ?? null, email: profile.email ?? null }),
    },
  ];
}

/** Who knocks: the address and browser for the log, and who is told of a refusal, which next-auth keeps to itself. */
export type Visit = {
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** Its Cookie header. */
  readonly cookie: string | null;
  refused(error: AppError): void;
  /** The first proof was given and more is asked for: the secret to keep in a cookie on the way; empty once all was given. */
  atStep(token: string): void;
};

/** Where the next step is taken; the page comes back to where the browser was going. */
const STEP_PAGE = '/sign-in/step';

/** Where a browser wanted to go when it left for the provider: next-auth keeps it in a cookie. */
function wantedPath(cookie: string | null): string {
  const name = `${env().GLOSS_URL?.startsWith('https:') ? '__Secure-' : ''}next-auth.callback-url`;
  const base = env().GLOSS_URL as string;
  // As a form's value is written, which a broken one does not break.
  const kept =
    new URLSearchParams(`to=${(cookieValue(cookie, name) ?? '').replaceAll('+', '%2B')}`).get('to') ?? '';
  const url = URL.canParse(kept, base) ? new URL(kept, base) : null;
  return url === null || url.origin !== new URL(base).origin ? '/' : `${url.pathname}${url.search}`;
}

/** The cookie that keeps an invitation's secret on the way to the provider and back; an empty one is forgotten. */
export function invitationCookie(token: string): string {
  const secret = /^[\w-]{20,200}$/.test(token) ? token : '';
  const secure = env().GLOSS_URL?.startsWith('https:') ? '; Secure' : '';
  const age = secret === '' ? 0 : INVITATION_SECONDS;
  return `${INVITATION_COOKIE}=${secret}; Path=/api/auth; Max-Age=${age}; HttpOnly; SameSite=Lax${secure}`;
}

/** Who is signed in at a browser that comes back from the provider, and the invitation it was about to accept. */
async function oidcVisit({ cookie, ip }: Visit): Promise<OidcVisit> {
  const actor = await findActor({ cookie, ip });
  return { userId: actor?.userId ?? null, invitation: cookieValue(cookie, INVITATION_COOKIE), ip };
}

/**
 * The options of next-auth 4. Its "JWT" is our own opaque token: the cookie holds 32 random bytes, the sessions table
 * their hash, and every request looks the session up, so that ending one ends it at once.
 */
export function authOptions(visit: Visit): NextAuthOptions {
  /** A refusal in words that next-auth hands to the sign-in page as `error`. */
  const inWords = (error: unknown): never => {
    if (!(error instanceof AppError)) throw error;
    visit.refused(error);
    throw new Error(error.message, { cause: error });
  };
  /** Lets somebody in whose proof is enough; else leads on to the next step. */
  const unlessMore = async (person: Person, by: string, newPassword = false): Promise<Person> => {
    const token = await stepAfter(person, by, newPassword);
    if (token === null) return person;
    visit.atStep(token);
    throw new Error(NEXT_STEP);
  };
  const secure = env().GLOSS_URL?.startsWith('https:') ?? false;
  const lifetime = env().SESSION_HOURS * 3_600;
  /** Who came back from the provider in this request. */
  let arrived: Person | null = null;
  return {
    secret: instanceSecret(),
    // Its own logger prints what a request brought along.
    logger: {
      error: (code) => log.info({ code }, 'next-auth turned a request away'),
      warn: (code) => log.debug({ code }, 'next-auth warns'),
      debug: () => undefined,
    },
    session: { strategy: 'jwt', maxAge: lifetime },
    useSecureCookies: secure,
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
      },
    },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [
      Credentials({
        id: 'credentials',
        name: 'password',
        credentials: { email: {}, password: {} },
        authorize: async (given) => {
          const { email = '', password = '' } = given ?? {};
          const person = await checkPassword({ email, password }, visit.ip).catch(inWords);
          return unlessMore(person, 'credentials', (await weakness(password, person)) !== null);
        },
      }),
      Credentials({
        id: 'link',
        name: 'link',
        credentials: { token: {} },
        authorize: async (given) => {
          const person = await redeemSignInLink(given?.token ?? '', visit.ip).catch(inWords);
          return unlessMore(person, 'link');
        },
      }),
      Credentials({
        id: 'step',
        name: 'step',
        credentials: { code: {}, passkey: {}, password: {} },
        authorize: async (given) => {
          const person = await takeStep(visit.cookie, given ?? {}, visit.ip).catch(inWords);
          if (person === null) throw new Error(NEXT_STEP);
          visit.atStep('');
          return person;
        },
      }),
      Credentials({
        id: 'passkey',
        name: 'passkey',
        credentials: { passkey: {} },
        authorize: async (given) => {
          const person = await signInByPasskey(visit.cookie, given?.passkey ?? '', visit.ip).catch(inWords);
          visit.atStep('');
          return person;
        },
      }),
      ...oidcProvider(),
    ],
    jwt: {
      maxAge: lifetime,
      encode: async ({ token }) => String(token?.cookie ?? ''),
      decode: async ({ token }) => {
        if (!token) return null;
        const session = await findSession(database(), { tokenHash: hashToken(token) });
        if (session === null) return null;
        const { id, name, email } = session.user;
        return { sub: id, name, email, sessionId: session.sessionId, cookie: token };
      },
    },
    callbacks: {
      async signIn({ account, profile }) {
        if (account?.provider !== 'oidc') return true;
        try {
          arrived = await personOfProfile(profile as OidcProfile, await oidcVisit(visit));
          const token = await stepAfter(arrived, 'oidc');
          if (token === null) return true;
          visit.atStep(token);
          return `${STEP_PAGE}?to=${encodeURIComponent(wantedPath(visit.cookie))}`;
        } catch (error) {
          if (!(error instanceof OidcRefused)) throw error;
          await recordAccountEvent(database(), {
            type: 'sign-in.refused',
            details: { by: 'oidc', reason: error.reason },
            ip: visit.ip,
          });
          return `/sign-in?error=${error.reason}`;
        }
      },
      async jwt({ token, user, account }) {
        if (!user || !account) return token;
        const person = account.provider === 'oidc' ? arrived : user;
        if (person === null) throw new Error('Somebody came back from the provider without being let in');
        const { by = account.provider, second } = person as Partial<SignedIn>;
        const cookie = newToken();
        const sessionId = newId();
        await database().transaction(async (tx) => {
          await createSession(tx, {
            id: sessionId,
            userId: person.id,
            tokenHash: hashToken(cookie),
            expires: new Date(Date.now() + lifetime * 1_000),
            userAgent: visit.userAgent?.slice(0, 400),
            ip: visit.ip,
          });
          await recordAccountEvent(tx, {
            type: 'sign-in',
            userId: person.id,
            details: { by, ...(second === undefined ? {} : { second }) },
            ip: visit.ip,
          });
        });
        return { sub: person.id, name: person.name, email: person.email, sessionId, cookie };
      },
      session: ({ session, token }) => ({
        expires: session.expires,
        user: { id: token.sub, name: token.name, email: token.email },
      }),
      // Resolved as a browser would: `//elsewhere` leads away, though it begins with a slash.
      redirect: ({ url, baseUrl }) => {
        const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : null;
        return target?.origin === baseUrl ? target.href : baseUrl;
      },
    },
    events: {
      async signOut({ token }) {
        if (token?.sub && typeof token.sessionId === 'string')
          await endSessions(database(), token.sub, token.sessionId);
      },
    },
  };
}
