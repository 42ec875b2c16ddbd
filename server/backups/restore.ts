import { createHash, type Hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import { copyIn } from '../../db/backups/copy';
import { loosen, mustBeEmpty, setSequences } from '../../db/backups/fill';
import { makeTables } from '../../db/backups/level';
import { listTables, speakPlainly } from '../../db/backups/moment';
import { type Client, type Connection, migrate, openClient, openDatabase } from '../../db/client';
import {
  differences,
  HEAD_FILE,
  Head,
  MANIFEST_FILE,
  Manifest,
  type TableSum,
  tableOfPiece,
} from '../../lib/backups/backup';
import { AppError } from '../../lib/errors';
import { sumTable } from './back-up';
import { readTar, type TarEntry } from './tar';

/** The largest entry that is read, in bytes: a row has at most a GiB in Postgres. */
const LARGEST = 1024 ** 3;

export type Restored = { readonly at: string; readonly tables: readonly TableSum[] };

/**
 * Fills an empty database from a backup and brings it up to this program's schema. What was read and what then stands in the
 * tables is compared with the backup's own account before anything is kept: it is all there, or nothing is.
 * @throws AppError conflict when the database is not empty, invalid when the file is no whole backup or of a newer program.
 */
export async function restore(
  connection: Connection,
  from: Readable,
  migrationsFolder: string,
): Promise<Restored> {
  const restored = await fill(connection, from, migrationsFolder);
  const db = openDatabase(connection, { max: 2 });
  try {
    await migrate(db, migrationsFolder);
    await db.$client.query('analyze');
  } finally {
    await db.$client.end();
  }
  return restored;
}

async function fill(connection: Connection, from: Readable, folder: string): Promise<Restored> {
  const client = openClient(connection);
  await client.connect();
  try {
    await mustBeEmpty(client);
    await speakPlainly(client);
    await client.query('begin');
    const restored = await pipeline(from, createGunzip(), (bytes: AsyncIterable<Buffer>) =>
      load(client, readTar(bytes, LARGEST), folder),
    );
    await client.query('commit');
    return restored;
  } catch (error) {
    throw asClearFault(error);
  } finally {
    // What is not committed goes with the connection.
    await client.end();
  }
}

async function load(client: Client, entries: AsyncGenerator<TarEntry>, folder: string): Promise<Restored> {
  const first = await entries.next();
  const head = first.done ? null : readJson(Head, first.value, HEAD_FILE);
  if (head === null) throw damaged('it is empty');
  await makeTables(client, folder, head.migrations);
  const known = new Map((await listTables(client)).map((table) => [table.name, table]));
  const taken = new Map(head.tables.map((table) => [table.name, table]));
  const tighten = await loosen(client);
  const read = new Map<string, { rows: number; hash: Hash }>(
    head.tables.map(({ name }) => [name, { rows: 0, hash: createHash('sha256') }]),
  );
  let manifest: Manifest | null = null;
  for await (const entry of entries) {
    const name = tableOfPiece(entry.name);
    if (name === null) {
      manifest = readJson(Manifest, entry, MANIFEST_FILE);
      continue;
    }
    const [table, sum] = [taken.get(name), read.get(name)];
    if (table === undefined || sum === undefined || !fits(table.columns, known.get(name)?.columns))
      throw damaged(`its table ${name} is not one of the version it says it is of`);
    sum.rows += await copyIn(client, table, entry.body);
    sum.hash.update(entry.body);
  }
  if (manifest === null) throw damaged('it ends before its list of contents');
  mustAgree(
    manifest.tables,
    [...read].map(([name, { rows, hash }]) => ({ name, rows, sha256: hash.digest('hex') })),
  );
  await setSequences(client, manifest.sequences);
  await tighten();
  const stored: TableSum[] = [];
  for (const table of head.tables) stored.push(await sumTable(client, table));
  mustAgree(manifest.tables, stored);
  return { at: head.at, tables: stored };
}

const fits = (columns: readonly string[], known: readonly string[] = []) =>
  columns.every((column) => known.includes(column));

const damaged = (why: string) =>
  new AppError('invalid', `This backup can't be restored: ${why}. Nothing was changed. Use another one.`);

function mustAgree(expected: readonly TableSum[], found: readonly TableSum[]): void {
  const [first, ...more] = differences(expected, found);
  if (first !== undefined)
    throw damaged(
      `it is not what it says it holds (${first}${more.length > 0 ? `, and ${more.length} more` : ''})`,
    );
}

function readJson<T extends z.ZodType>(schema: T, { name, body }: TarEntry, expected: string): z.output<T> {
  if (name !== expected) throw damaged(`it holds ${name} where ${expected} should be`);
  try {
    return schema.parse(JSON.parse(body.toString()));
  } catch (cause) {
    throw new AppError('invalid', `This backup can't be restored: its ${expected} is not understood.`, {
      cause,
    });
  }
}

/** What gunzip and Postgres say of a file that is none of ours, in words for whoever restores. */
function asClearFault(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'Z_BUF_ERROR') return damaged('it ends too early, as a file that was cut off does');
  if (code.startsWith('Z_'))
    return damaged('it is no gzip file, or it was damaged. If it is encrypted, decrypt it first');
  // Class 22: data that no column takes; 23: keys that lead nowhere.
  if (/^2[23]/.test(code)) return damaged(`Postgres refuses what is in it (${code})`);
  return error;
}
