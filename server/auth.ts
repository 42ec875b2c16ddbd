import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { database } from '../db/client';
import {
  createSession,
  createUser,
  endSessions,
  findSession,
  findUserByEmail,
  findUserByOidc,
  recordAccountEvent,
  updateUser,
} from '../db/people';
import { env } from '../env';
import { AppError } from '../lib/errors';
import { Email } from '../lib/members/member';
import { newId } from '../lib/new-id';
import { sessionCookieName } from './actor';
import { log } from './log';
import { checkPassword } from './people';
import { hashToken, instanceSecret, newToken } from './secret';
import { redeemSignInLink } from './sign-in-links';

const DAYS = 30;

/** The ways to sign in that this instance offers; `oidc` is the provider's name to show. */
export function signInWays(): { password: true; link: boolean; oidc: string | null } {
  const { SMTP_URL, OIDC_ISSUER, OIDC_CLIENT_ID } = env();
  return {
    password: true,
    link: SMTP_URL !== undefined,
    oidc: OIDC_ISSUER && OIDC_CLIENT_ID ? new URL(OIDC_ISSUER).hostname : null,
  };
}

type OidcProfile = { sub: string; email?: string; email_verified?: boolean; name?: string };

function oidcProvider(): OAuthConfig<OidcProfile>[] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID) return [];
  return [
    {
      id: 'oidc',
      name: new URL(OIDC_ISSUER).hostname,
      type: 'oauth',
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      idToken: true,
      checks: ['pkce', 'state'],
      authorization: { params: { scope: 'openid email profile' } },
      profile: (profile) => ({ id: profile.sub, name: profile.name ?? null, email: profile.email ?? null }),
    },
  ];
}

/** The person an OIDC profile means: known by subject, else by a verified address, else new. */
async function personOfProfile(profile: OidcProfile): Promise<{ id: string; name: string; email: string }> {
  const db = database();
  const known = await findUserByOidc(db, profile.sub);
  if (known) return known;
  const email = Email.safeParse(profile.email ?? '');
  if (!email.success || profile.email_verified !== true) {
    throw new AppError('unauthenticated', 'The provider did not confirm an e-mail address for you.');
  }
  const standing = await findUserByEmail(db, email.data);
  if (standing) return updateUser(db, standing.id, { oidcSubject: profile.sub });
  const made = await createUser(db, {
    id: newId(),
    email: email.data,
    name: profile.name ?? email.data,
    oidcSubject: profile.sub,
  });
  if (made === null)
    throw new AppError('conflict', 'Somebody signed up with this address just now. Try again.');
  return made;
}

/** Who knocks: the address and browser for the log, and who is told of a refusal, which next-auth keeps to itself. */
export type Visit = {
  readonly ip: string | null;
  readonly userAgent: string | null;
  refused(error: AppError): void;
};

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
      async jwt({ token, user, account, profile }) {
        if (!user || !account) return token;
        const person = account.provider === 'oidc' ? await personOfProfile(profile as OidcProfile) : user;
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
