import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import type { TakenTable } from '../../lib/backups/backup';

const quoted = pg.escapeIdentifier;

/** A table as SQL names it, with the columns. */
const target = ({ name, columns }: TakenTable) =>
  `public.${quoted(name)} (${columns.map(quoted).join(', ')})`;

/** The rows of a table in COPY's text format, as they come: a row is a line, whatever it holds. */
export function copyOut(client: pg.Client, table: TakenTable): AsyncIterable<Buffer> & { rowCount: number } {
  return client.query(to(`copy ${target(table)} to stdout`));
}

/** Adds whole rows in that format to a table; answers how many. */
export async function copyIn(client: pg.Client, table: TakenTable, rows: Buffer): Promise<number> {
  const stream = client.query(from(`copy ${target(table)} from stdin`));
  await pipeline(Readable.from([rows]), stream);
  return stream.rowCount;
}
