import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { migrate, openClient, openDatabase } from '../../db/client';
import { AppError } from '../../lib/errors';
import { findRunningPostgres, launchPostgres, type SocketConnection } from '../../server/postgres/launch';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's one Postgres, connected to the database of its owner. */
    postgres: SocketConnection;
    /** Name of the migrated, empty database that each test database is copied from. */
    template: string;
  }
}

const FOLDER = 'gloss-tests-';
const TEMPLATE = 'template_migrated';
const MIGRATIONS = fileURLToPath(new URL('../../db/migrations', import.meta.url));

/** Starts one real Postgres for the whole run, with a migrated template, and takes both away afterwards. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  await stopAbandoned();
  const dataDir = mkdtempSync(join(tmpdir(), FOLDER));
  const said: string[] = [];
  const postgres = await launchPostgres({
    dataDir,
    log: (line) => said.push(line),
    // A power cut during tests costs nothing; the tests of durability start servers of their own.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  }).catch((error) => {
    throw new Error(`The tests' Postgres did not start:\n${said.join('\n')}`, { cause: error });
  });
  await makeTemplate(postgres.connection);
  project.provide('postgres', postgres.connection);
  project.provide('template', TEMPLATE);
  return async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** Stops what runs that were killed left behind: their server is taken on like any other, and ended. */
async function stopAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(FOLDER))) {
    const dataDir = join(tmpdir(), name);
    if ((await findRunningPostgres(dataDir)) === undefined) continue;
    try {
      await (await launchPostgres({ dataDir, log: () => {} })).stop();
    } catch (error) {
      // Another run is using it right now, or is just taking it away itself.
      if (error instanceof AppError) continue;
      throw error;
    }
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function makeTemplate(connection: SocketConnection): Promise<void> {
  const owner = openClient(connection);
  await owner.connect();
  await owner.query(`create database ${TEMPLATE}`);
  await owner.end();
  const db = openDatabase({ ...connection, database: TEMPLATE }, { max: 2 });
  await migrate(db, MIGRATIONS);
  await db.$client.end();
}
