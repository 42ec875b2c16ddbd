import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { database } from '../../db/client';
import { selectErased, selectStanding } from '../../db/erasure/account';
import { env } from '../../env';
import { ErasedPerson } from '../../lib/erasure/erasure';
import { AppError } from '../../lib/errors';
import { log } from '../log';

/** The list of who was erased, beside the data and outside of the database: a restore brings that back as it was, not this. */
export const listFile = (): string => join(resolve(env().GLOSS_DATA_DIR), 'erased-people.jsonl');

/** Adds somebody to the list in the data folder. The database knows them as well: a list that can't be written is a line of the log. */
export async function noteErased({ id, pseudonym, erased }: ErasedPerson): Promise<void> {
  const line = `${JSON.stringify({ id, pseudonym, erased })}\n`;
  try {
    await mkdir(dirname(listFile()), { recursive: true });
    await appendFile(listFile(), line, { mode: 0o600 });
  } catch (error) {
    log.error(
      { err: error },
      'the list of erased people could not be written; gloss person erased prints it',
    );
  }
}

/** Everybody who was erased, as the database knows it. */
export async function listErased(): Promise<ErasedPerson[]> {
  return (await selectErased(database())).map((row) => ({ ...row, erased: row.erased.toISOString() }));
}

/** The people of a list who are back in this database, as a restore brings them. @throws AppError invalid for a file that is no such list. */
export async function findReturned(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new AppError('invalid', `The list can’t be read: ${cause.message}`, { cause });
  });
  const ids = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at) => readLine(line, at + 1, file));
  return selectStanding(database(), [...new Set(ids)]);
}

function readLine(line: string, nr: number, file: string): string {
  try {
    return ErasedPerson.pick({ id: true }).parse(JSON.parse(line)).id;
  } catch (cause) {
    throw new AppError(
      'invalid',
      `Line ${nr} of ${file} names nobody. Use a list as gloss person erased prints it.`,
      {
        cause,
      },
    );
  }
}
