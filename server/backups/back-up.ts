import { createHash } from 'node:crypto';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { copyOut } from '../../db/backups/copy';
import { type Moment, openMoment } from '../../db/backups/moment';
import { type Client, type Connection, openClient } from '../../db/client';
import {
  HEAD_FILE,
  type Head,
  MANIFEST_FILE,
  type Manifest,
  pieceName,
  type TableSum,
  type TakenTable,
} from '../../lib/backups/backup';
import { TAR_END, tarEntry } from './tar';

/** How much of a table is one entry, in bytes; a row is never cut, so that a piece is as long as its last row makes it. */
const PIECE = 4 * 1024 * 1024;
const NEWLINE = 0x0a;

export type BackedUp = {
  readonly at: string;
  readonly tables: readonly TableSum[];
  readonly strangers: readonly string[];
};

/**
 * Writes a database as of one moment into a stream, as a gzipped tar archive, while others go on writing. Memory stays flat.
 * @throws AppError invalid when there is nothing of Gloss in it.
 */
export async function backUp(
  connection: Connection,
  into: Writable,
  migrationsFolder: string,
): Promise<BackedUp> {
  const client = openClient(connection);
  await client.connect();
  try {
    const moment = await openMoment(client, migrationsFolder);
    const tables: TableSum[] = [];
    await pipeline(Readable.from(archive(client, moment, tables)), createGzip(), into);
    return { at: moment.at, tables, strangers: moment.strangers };
  } finally {
    await client.end();
  }
}

/** The archive's bytes; `sums` is filled as they go. */
async function* archive(client: Client, moment: Moment, sums: TableSum[]): AsyncGenerator<Buffer> {
  const { at, postgres, migrations, tables, sequences } = moment;
  const head: Head = { format: 'gloss-backup', version: 1, at, postgres, migrations, tables };
  const time = Date.parse(at);
  const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
  yield tarEntry(HEAD_FILE, json(head), time);
  for (const table of tables) {
    let nth = 0;
    const sum = createHash('sha256');
    const rows = copyOut(client, table);
    for await (const piece of piecesOf(rows)) {
      sum.update(piece);
      nth += 1;
      yield tarEntry(pieceName(table.name, nth), piece, time);
    }
    sums.push({ name: table.name, rows: rows.rowCount, sha256: sum.digest('hex') });
  }
  const manifest: Manifest = { tables: sums, sequences };
  yield tarEntry(MANIFEST_FILE, json(manifest), time);
  yield TAR_END;
}

/** Whole rows, about as many bytes at a time as a piece has. */
async function* piecesOf(rows: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const part of rows) {
    const end = part.lastIndexOf(NEWLINE) + 1;
    if (size + end < PIECE || end === 0) {
      held.push(part);
      size += part.length;
      continue;
    }
    yield Buffer.concat([...held, part.subarray(0, end)]);
    held = [part.subarray(end)];
    size = part.length - end;
  }
  if (size > 0) yield Buffer.concat(held);
}

/** Counts a table's rows and hashes them, as a backup would hold them. */
export async function sumTable(client: Client, table: TakenTable): Promise<TableSum> {
  const sum = createHash('sha256');
  const rows = copyOut(client, table);
  for await (const part of rows) sum.update(part);
  return { name: table.name, rows: rows.rowCount, sha256: sum.digest('hex') };
}
