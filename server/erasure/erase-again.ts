import { type Erased, erasePerson } from './erase-person';
import { findReturned, listFile } from './erased-list';

/**
 * Erases whoever is on a list and back in the database, as after a restore: by default the list in the data folder. Nobody is asked to
 * hand a project over: it passes on.
 * @throws AppError invalid for a file that is no such list.
 */
export async function eraseAgain(file: string = listFile()): Promise<Erased[]> {
  const erased: Erased[] = [];
  for (const id of await findReturned(file)) erased.push(await erasePerson(id, { force: true }));
  return erased;
}
