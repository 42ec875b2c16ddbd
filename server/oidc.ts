import { database } from '../db/client';
import {
  createUser,
  findUser,
  findUserByEmail,
  findUserByOidc,
  recordAccountEvent,
  updateUser,
} from '../db/people';
import { env } from '../env';
import { AppError } from '../lib/errors';
import { Email, PersonName } from '../lib/members/member';
import { newId } from '../lib/new-id';
import { joinByInvitation } from './members';

/** What the provider says of a person; its signature, issuer, audience and nonce were checked. */
export type OidcProfile = { sub: string; email?: string; email_verified?: boolean; name?: string };

/** What the browser that comes back from the provider brought along. */
export type OidcVisit = {
  /** Who is signed in there already. */
  readonly userId: string | null;
  /** The secret of an invitation that is being accepted. */
  readonly invitation: string | null;
  readonly ip: string | null;
};

type Person = { id: string; name: string; email: string };

/** Why nobody was let in; next-auth hands the word to the sign-in page as `error`. */
export type OidcRefusal =
  | 'AccessDenied'
  | 'EmailNotVerified'
  | 'OAuthAccountNotLinked'
  | 'OtherAccountLinked';
export class OidcRefused extends Error {
  readonly reason: OidcRefusal;
  constructor(reason: OidcRefusal) {
    super(reason);
    this.reason = reason;
  }
}

/** The settings of the provider, when there is one; `name` is what people see. */
export function oidcSettings(): {
  issuer: string;
  clientId: string;
  clientSecret?: string;
  name: string;
} | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID) return null;
  const name = new URL(OIDC_ISSUER).hostname;
  return { issuer: OIDC_ISSUER, clientId: OIDC_CLIENT_ID, clientSecret: OIDC_CLIENT_SECRET, name };
}

/**
 * Whom a profile means: whoever was connected with its subject; else whoever is signed in, who connects it now; else an
 * account of that confirmed address to which nobody has a password; else somebody new with an invitation.
 * @throws OidcRefused in all other cases: an address alone opens no account that somebody may hold already.
 */
export async function personOfProfile(profile: OidcProfile, visit: OidcVisit): Promise<Person> {
  const known = await findUserByOidc(database(), profile.sub);
  if (known !== null) return known;
  if (visit.userId !== null) return connect(visit.userId, profile, visit);
  const email = Email.safeParse(profile.email ?? '');
  if (!email.success || profile.email_verified !== true) throw new OidcRefused('EmailNotVerified');
  const standing = await findUserByEmail(database(), email.data);
  if (standing !== null) {
    if (standing.passwordHash !== null || standing.oidcSubject !== null)
      throw new OidcRefused('OAuthAccountNotLinked');
    return connect(standing.id, profile, visit);
  }
  if (visit.invitation === null) throw new OidcRefused('AccessDenied');
  return join(email.data, profile, visit.invitation, visit.ip);
}

async function connect(userId: string, { sub }: OidcProfile, { ip }: OidcVisit): Promise<Person> {
  const user = await findUser(database(), userId);
  if (user === null || user.oidcSubject !== null) throw new OidcRefused('OtherAccountLinked');
  await recordAccountEvent(database(), { type: 'oidc.connected', userId, ip });
  return updateUser(database(), userId, { oidcSubject: sub });
}

async function join(
  email: string,
  profile: OidcProfile,
  invitation: string,
  ip: string | null,
): Promise<Person> {
  const name = PersonName.safeParse(profile.name ?? '');
  try {
    return await database().transaction(async (tx) => {
      const person = await createUser(tx, {
        id: newId(),
        email,
        name: name.success ? name.data : (email.split('@')[0] as string),
        oidcSubject: profile.sub,
      });
      if (person === null) throw new OidcRefused('OAuthAccountNotLinked');
      const via = { kind: 'session', id: person.id } as const;
      await joinByInvitation(
        tx,
        { userId: person.id, name: person.name, email, via, scopes: ['read', 'write'], ip },
        invitation,
      );
      await recordAccountEvent(tx, {
        type: 'account.created',
        userId: person.id,
        details: { by: 'oidc' },
        ip,
      });
      return person;
    });
  } catch (error) {
    // The invitation was used up or revoked meanwhile.
    if (error instanceof AppError) throw new OidcRefused('AccessDenied');
    throw error;
  }
}

/** Whether a person may sign in by the provider; `null` when there is no provider. */
export async function isConnected(userId: string): Promise<boolean | null> {
  if (oidcSettings() === null) return null;
  return (await findUser(database(), userId))?.oidcSubject !== null;
}
