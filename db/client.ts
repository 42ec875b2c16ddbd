import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { migrate as runMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import * as schema from './schema';

export type Database = NodePgDatabase<typeof schema> & { $client: pg.Pool };
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
/** A database handle or a transaction on it: what every query takes. */
export type Db = Database | Transaction;

/** How to reach Postgres: a connection string, or a unix socket folder with user and database. */
export type Connection =
  | { connectionString: string }
  | { host: string; user: string; database: string; password?: string };

/** Opens a pool. It connects lazily; end it with `db.$client.end()`. */
export function openDatabase(connection: Connection, options: { max?: number } = {}): Database {
  const pool = new pg.Pool({
    ...connection,
    max: options.max ?? 12,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
  });
  // An idle client whose server went away must not end the process; the next query gets a fresh one.
  pool.on('error', () => {});
  // Nor one whose server goes away between two queries of a transaction: the next of them fails.
  pool.on('connect', (client) => client.on('error', () => {}));
  return drizzle(pool, { schema });
}

/** One connection, outside any pool. */
export type Client = pg.Client;

/** Opens one connection of its own, for LISTEN or a backup. The caller connects it, which fails after 10 s, and ends it. */
export function openClient(connection: Connection): Client {
  return new pg.Client({ ...connection, keepAlive: true, connectionTimeoutMillis: 10_000 });
}

/** What programs that start on one database do one after the other. */
export const TURNS = { migrate: 7460, firstStart: 7461 } as const;

/** Runs something while no other process does the same on this database; who comes second waits. */
export async function inTurn<T>(db: Database, turn: keyof typeof TURNS, run: () => Promise<T>): Promise<T> {
  const client = await db.$client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [TURNS[turn]]);
    return await run();
  } finally {
    await client.query('select pg_advisory_unlock($1)', [TURNS[turn]]);
    client.release();
  }
}

/** Brings the schema up to date. Two programs may start at once. */
export async function migrate(db: Database, folder: string): Promise<void> {
  await inTurn(db, 'migrate', () => runMigrations(db, { migrationsFolder: folder }));
}

const HANDLE = Symbol.for('gloss.database');
type Holder = { [HANDLE]?: { db: Database; connection: Connection } };

/** Keeps the process's one database handle where both copies of this module (ours and Next's) find it. */
export function setDatabase(db: Database, connection: Connection): void {
  (globalThis as Holder)[HANDLE] = { db, connection };
}

/** The process's database handle. @throws Error before `setDatabase`. */
export function database(): Database {
  const held = (globalThis as Holder)[HANDLE];
  if (held === undefined) throw new Error('The database is not open yet');
  return held.db;
}

/** How this process reaches its database. @throws Error before `setDatabase`. */
export function databaseConnection(): Connection {
  const held = (globalThis as Holder)[HANDLE];
  if (held === undefined) throw new Error('The database is not open yet');
  return held.connection;
}

/**
 * Reads through one connection as of one moment, for as long as the reader takes; the connection goes back when it ends, fails or
 * is left. Postgres ends it when nothing is read for `idleSeconds`.
 */
export async function* readAtOnce<T>(
  db: Database,
  read: (at: Db) => AsyncIterable<T>,
  { idleSeconds }: { idleSeconds: number },
): AsyncGenerator<T> {
  const client = await db.$client.connect();
  let fault: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(`set local idle_in_transaction_session_timeout = ${Math.floor(idleSeconds * 1_000)}`);
    yield* read(drizzle(client, { schema }) as unknown as Db);
  } catch (error) {
    fault = error as Error;
    throw error;
  } finally {
    // A connection on which something failed is not given to anybody else.
    if (fault === undefined) await client.query('rollback');
    client.release(fault);
  }
}
