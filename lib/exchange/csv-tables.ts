import { csvCell } from '../csv';
import type { Losses } from './losses';
import type { ReadRecords } from './record';
import { type Table, tablesOf } from './tables';
import { type ZipEntry, zipped } from './zip';

const line = (cells: readonly string[]) => `${cells.map(csvCell).join(',')}\r\n`;

async function* csvOf({ name, head, rows }: Table): AsyncGenerator<string> {
  // What is read by programs has no mark of its encoding; a person's spreadsheet needs one.
  yield `${name === 'agreement' ? '' : '\ufeff'}${line(head)}`;
  for await (const row of rows()) yield line(row);
}

/** The tables of a project as CSV files in an archive. No cell of them is taken for a formula. */
export async function* writeCsv(read: ReadRecords, losses: Losses, made: string): AsyncGenerator<Uint8Array> {
  const tables = await tablesOf(read, losses);
  async function* entries(): AsyncGenerator<ZipEntry> {
    for (const table of tables) yield { path: `${table.name}.csv`, content: csvOf(table) };
  }
  yield* zipped(entries(), made);
}
