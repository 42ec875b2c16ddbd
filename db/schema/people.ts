import { bigint, index, integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

export const users = pgTable('users', {
  id: uuid().primaryKey(),
  /** Lower case, normalised: one person, one address. */
  email: text().notNull().unique(),
  name: text().notNull(),
  /** argon2id in PHC form; null for people who only come by link or by OIDC. */
  passwordHash: text('password_hash'),
  oidcSubject: text('oidc_subject').unique(),
  created: at('created').notNull().defaultNow(),
  /** When they erased themselves: what is left is an id, which others' work hangs on, and a pseudonym. */
  erased: at('erased'),
});

export const sessions = pgTable(
  'sessions',
  {
    id: uuid().primaryKey(),
    /** SHA-256 of the cookie's value, hexadecimal. */
    tokenHash: text('token_hash').notNull().unique(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id),
    created: at('created').notNull().defaultNow(),
    expires: at('expires').notNull(),
    ended: at('ended'),
    /** Of the last use, like `ip`; written at most once a minute. */
    lastUsed: at('last_used').notNull().defaultNow(),
    /** When its person last proved once more who they are, before something delicate. */
    proved: at('proved'),
    userAgent: text('user_agent'),
    ip: text(),
  },
  (table) => [index('sessions_user').on(table.userId)],
);

/** Links that sign somebody in once: the first one of an instance, and magic links. Only the hash is kept. */
export const signInLinks = pgTable('sign_in_links', {
  tokenHash: text('token_hash').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id),
  expires: at('expires').notNull(),
  used: at('used'),
});

/** Addresses that people want to have and have not confirmed; only the hash of the link in the mail is kept. */
export const emailChanges = pgTable('email_changes', {
  tokenHash: text('token_hash').primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id),
  email: text().notNull(),
  expires: at('expires').notNull(),
});

export const apiTokens = pgTable('api_tokens', {
  id: uuid().primaryKey(),
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id),
  name: text().notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  scopes: text().array().notNull(),
  created: at('created').notNull().defaultNow(),
  expires: at('expires'),
  revoked: at('revoked'),
});

/** Attempts counted by rate-limiter-flexible; its column names are the library's. */
export const rateLimits = pgTable('rate_limits', {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  expire: bigint({ mode: 'number' }),
});
