import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { database } from '../db/client';
import { createSession, endSessions, findSession, recordAccountEvent } from '../db/people';
import { env } from '../env';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import { cookieValue, findActor, sessionCookieName } from './actor';
import { log } from './log';
import { type OidcProfile, OidcRefused, type OidcVisit, oidcSettings, personOfProfile } from './oidc';
import { checkPassword } from './people';
import { hashToken, instanceSecret, newToken } from './secret';
import { redeemSignInLink } from './sign-in-links';

const DAYS = 30;
/** How long the provider may take for each answer, in ms. */
const PROVIDER_MS = 10_000;
const INVITATION_COOKIE = 'gloss-invitation';
/** How long somebody may take at the provider, in seconds. */
const INVITATION_SECONDS = 600;

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
};

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
  const secure = env().GLOSS_URL?.startsWith('https:') ?? false;
  /** Who came back from the provider in this request. */
  let arrived: { id: string; name: string; email: string } | null = null;
  return {
    secret: instanceSecret(),
    // Its own logger prints what a request brought along.
    logger: {
      error: (code) => log.info({ code }, 'next-auth turned a request away'),
      warn: (code) => log.debug({ code }, 'next-auth warns'),
      debug: () => undefined,
    },
    session: { strategy: 'jwt', maxAge: DAYS * 86_400 },
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
        authorize: async (given) =>
          checkPassword({ email: given?.email ?? '', password: given?.password ?? '' }, visit.ip).catch(
            inWords,
          ),
      }),
      Credentials({
        id: 'link',
        name: 'link',
        credentials: { token: {} },
        authorize: async (given) => redeemSignInLink(given?.token ?? '', visit.ip).catch(inWords),
      }),
      ...oidcProvider(),
    ],
    jwt: {
      maxAge: DAYS * 86_400,
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
          return true;
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
        const cookie = newToken();
        const sessionId = newId();
        await createSession(database(), {
          id: sessionId,
          userId: person.id,
          tokenHash: hashToken(cookie),
          expires: new Date(Date.now() + DAYS * 86_400_000),
          userAgent: visit.userAgent?.slice(0, 400),
          ip: visit.ip,
        });
        await recordAccountEvent(database(), {
          type: 'sign-in',
          userId: person.id,
          details: { by: account.provider },
          ip: visit.ip,
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
