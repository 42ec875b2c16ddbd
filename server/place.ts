import { resolve } from 'node:path';
import { type Connection, openClient } from '../db/client';
import { env } from '../env';
import { AppError } from '../lib/errors';
import { findRunningPostgres, launchPostgres } from './postgres/launch';

/** Where the data lives: how to reach Postgres, and how to give it back. */
export type Place = {
  readonly connection: Connection;
  /** Settles when a Postgres of our own has ended, asked to or not. */
  readonly ended?: Promise<void>;
  close(): Promise<void>;
};

/** Tries one connection. @throws AppError unavailable with what is wrong and no password in it. */
async function tryConnection(connectionString: string): Promise<void> {
  try {
    const client = openClient({ connectionString });
    client.on('error', () => client.end());
    await client.connect();
    await client.end();
  } catch (cause) {
    const reason = (cause as Error).message || (cause as NodeJS.ErrnoException).code;
    throw new AppError(
      'unavailable',
      `DATABASE_URL does not work${whereOf(connectionString)}: ${reason}. Unset it to use the built-in database.`,
      { cause },
    );
  }
}

/** Host, port and database of a connection string, in brackets; nothing when it can't be taken apart. */
function whereOf(connectionString: string): string {
  if (!URL.canParse(connectionString)) return '';
  const { hostname, port, pathname } = new URL(connectionString);
  return ` (${hostname || 'localhost'}${port && `:${port}`}${pathname})`;
}

/**
 * Opens the database of this instance: the one DATABASE_URL names, else our own Postgres in the data folder.
 * @throws AppError unavailable when it can't be reached, or half of the program is to run without a DATABASE_URL.
 */
export async function openPlace(say: (line: string) => void): Promise<Place> {
  const { DATABASE_URL, GLOSS_DATA_DIR, ROLE } = env();
  if (ROLE !== 'all' && DATABASE_URL === undefined) {
    throw new AppError(
      'unavailable',
      `ROLE=${ROLE} runs beside other processes, and they share one database: set DATABASE_URL. To run everything in one process, unset ROLE.`,
    );
  }
  if (DATABASE_URL !== undefined) {
    say('database  connecting to DATABASE_URL');
    await tryConnection(DATABASE_URL);
    return { connection: { connectionString: DATABASE_URL }, close: async () => {} };
  }
  const dataDir = resolve(GLOSS_DATA_DIR);
  say('database  starting Postgres');
  const postgres = await launchPostgres({ dataDir, log: (line) => say(`database  ${line}`) });
  return { connection: postgres.connection, ended: postgres.ended, close: () => postgres.stop() };
}

/** The same for a command beside the running program: its Postgres is used while it runs, else started for the command alone. */
export async function joinPlace(say: (line: string) => void): Promise<Place> {
  const { DATABASE_URL, GLOSS_DATA_DIR } = env();
  if (DATABASE_URL === undefined) {
    const running = await findRunningPostgres(resolve(GLOSS_DATA_DIR));
    if (running !== undefined) return { connection: running, close: async () => {} };
  }
  return openPlace(say);
}
