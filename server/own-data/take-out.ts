import { insertAudit } from '../../db/audit';
import { type Db, database, readAtOnce } from '../../db/client';
import { loadNote } from '../../db/note-log';
import { selectClientOwners } from '../../db/note-versions';
import { readPart } from '../../db/own-data/rows';
import { findUser } from '../../db/people';
import { noteKeyOf } from '../../lib/access/note-key';
import { survivingLetters } from '../../lib/contributions/surviving';
import { AppError } from '../../lib/errors';
import { once } from '../../lib/exchange/bytes';
import { type ZipEntry, zipped } from '../../lib/exchange/zip';
import { salvage } from '../../lib/notes/salvage';
import { NOTE_FRAGMENT } from '../../lib/notes/schema-version';
import { OWN_DATA_PARTS, type OwnDataPart, readmeOf } from '../../lib/own-data/parts';
import { spend } from '../limits';

/** ms that somebody may read nothing of it before it is given up. */
export const PATIENCE_MS = 60_000;

/** Whose data, and who asked for it and from where. */
export type Asked = {
  readonly userId: string;
  readonly by: 'themselves' | 'operator';
  readonly ip: string | null;
};

/**
 * All that concerns a person as a ZIP of JSON Lines, piece by piece, as of one moment; the README in it says what each file is. It is
 * written into the instance's audit before the first piece.
 * @throws AppError not-found when there is no such person.
 */
export async function* exportOwnData({ userId, by, ip }: Asked): AsyncGenerator<Uint8Array> {
  const user = await findUser(database(), userId);
  if (user === null || user.erased !== null) throw new AppError('not-found', 'There is no such person.');
  const actor = by === 'themselves' ? { id: userId, name: user.name, ip } : { id: null, name: 'Gloss', ip };
  await insertAudit(database(), null, [
    { act: 'person.exported', subjectId: userId, details: { by }, actor },
  ]);
  const made = new Date().toISOString();
  yield* readAtOnce(database(), (at) => zipped(entriesOf(at, user, made), made), {
    idleSeconds: (2 * PATIENCE_MS) / 1_000,
  });
}

/** The same for somebody at a browser or a program: so many an hour. @throws AppError rate-limited. */
export async function* takeOutOwnData(asked: Asked): AsyncGenerator<Uint8Array> {
  await spend('export', asked.userId);
  yield* exportOwnData(asked);
}

async function* entriesOf(
  db: Db,
  user: { readonly id: string; readonly name: string },
  made: string,
): AsyncGenerator<ZipEntry> {
  yield { path: 'README.txt', content: once(readmeOf(user.name, made)) };
  for (const part of Object.keys(OWN_DATA_PARTS) as OwnDataPart[])
    yield { path: `${part}.jsonl`, content: linesOf(db, user.id, part) };
}

async function* linesOf(db: Db, userId: string, part: OwnDataPart): AsyncGenerator<string> {
  for await (const row of readPart(db, userId, part)) {
    const record = part === 'notes' ? { ...row, lettersOfYours: await lettersIn(db, userId, row) } : row;
    yield `${JSON.stringify(record)}\n`;
  }
}

/** How many letters (UTF-16 units) that this person wrote still stand in a note. */
async function lettersIn(db: Db, userId: string, row: Record<string, unknown>): Promise<number> {
  const key = noteKeyOf({ projectId: String(row.projectId) }, String(row.id));
  const owners = await selectClientOwners(db, key);
  const { doc } = salvage(await loadNote(db, key));
  let letters = 0;
  for (const [client, found] of survivingLetters(doc.getXmlFragment(NOTE_FRAGMENT), []))
    if (owners.get(client) === userId) letters += found.letters;
  doc.destroy();
  // Others are served between two notes.
  await new Promise((resolve) => setImmediate(resolve));
  return letters;
}
