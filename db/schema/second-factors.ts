import { sql } from 'drizzle-orm';
import { bigint, boolean, index, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { users } from './people';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const userId = () =>
  uuid('user_id')
    .notNull()
    .references(() => users.id);

/** A person's authenticator app. Its secret is needed again to check codes: it is sealed with the instance's secret. */
export const authenticators = pgTable('authenticators', {
  userId: userId().primaryKey(),
  /** The secret that codes are checked with; null until a first code proved that the app has it. */
  sealed: text(),
  /** One that waits for its first code, and takes the place of the other then. */
  waiting: text(),
  /** The time step (30 s since 1970) of the last code that was taken: none is taken twice. */
  lastStep: bigint('last_step', { mode: 'number' }),
  created: at('created').notNull().defaultNow(),
  lastUsed: at('last_used'),
});

/** Codes for whoever lost a device: of one set all have one salt, and each works once. */
export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: userId(),
    /** argon2id of the code, hexadecimal. */
    codeHash: text('code_hash').notNull(),
    /** Hexadecimal. */
    salt: text().notNull(),
    used: at('used'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
);

/** WebAuthn credentials. */
export const passkeys = pgTable(
  'passkeys',
  {
    /** The credential's id, base64url. */
    id: text().primaryKey(),
    userId: userId(),
    /** What its owner calls it. */
    name: text().notNull(),
    /** The public key in COSE form, base64url. */
    publicKey: text('public_key').notNull(),
    /** How often it says it has signed; 0 for ever where it does not count. */
    signCount: bigint('sign_count', { mode: 'number' }).notNull(),
    transports: text().array().notNull().default(sql`'{}'`),
    /** Whether it is kept on more devices than one. */
    synced: boolean().notNull(),
    created: at('created').notNull().defaultNow(),
    lastUsed: at('last_used'),
  },
  (table) => [index('passkeys_user').on(table.userId)],
);

/** Challenges that a passkey is to sign: each once, by the session or browser that asked for it. */
export const passkeyChallenges = pgTable('passkey_challenges', {
  /** base64url. */
  challenge: text().primaryKey(),
  /** What may be done with the answer. */
  purpose: text().notNull(),
  /** The session's id, or the hash of the browser's cookie. */
  holder: text().notNull(),
  expires: at('expires').notNull(),
});

/** Who gave the first proof and has to give a second, or another password, before there is a session. */
export const signInSteps = pgTable('sign_in_steps', {
  /** SHA-256 of the browser's cookie, hexadecimal. */
  tokenHash: text('token_hash').primaryKey(),
  userId: userId(),
  /** How the first proof was given: credentials, link, oidc. */
  by: text().notNull(),
  /** The second proof that was given, or null while it is wanted; `none` where none is. */
  second: text(),
  /** Whether the password is a common one, and another has to be chosen. */
  newPassword: boolean('new_password').notNull(),
  expires: at('expires').notNull(),
});
