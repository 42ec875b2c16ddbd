import { database } from '../db/client';
import { findUserByEmail } from '../db/people';
import type { ErasurePlan } from '../lib/erasure/erasure';
import { AppError } from '../lib/errors';
import { Email } from '../lib/members/member';
import { eraseAgain } from './erasure/erase-again';
import { type Erased, eraseByEmail } from './erasure/erase-person';
import { listErased } from './erasure/erased-list';
import { planErasure } from './erasure/plan-erasure';
import { exportOwnDataToFile } from './own-data/to-file';

/** What the command line says of people who leave. */
export const PERSON_USAGE = `  person export EMAIL --out FILE             all that concerns a person and all that they made, as a ZIP
  person erase EMAIL [--yes]                 says what would go and what would stay; with --yes erases them, for good
  person erase --again [FILE]                after a restore: erases whoever is on the list of erased people and back
  person erased                              that list, to keep beside backups: ids and pseudonyms, no names`;

type Options = { readonly out?: string; readonly yes?: boolean; readonly again?: boolean };
type Say = { note: (line: string) => void; print: (line: string) => void };

/**
 * Runs a command about a person: takes out what concerns them, or erases them.
 * @throws AppError invalid for an unknown command, and what its verb throws.
 */
export async function runPersonCommand(
  verb: string | undefined,
  subject: string | undefined,
  { out, yes, again }: Options,
  { note, print }: Say,
): Promise<void> {
  if (verb === 'erased') {
    for (const one of await listErased()) print(JSON.stringify(one));
    return;
  }
  if (verb === 'export' && subject !== undefined && out !== undefined)
    return note(`Wrote ${out} (${await exportOwnDataToFile(Email.parse(subject), out)} bytes).`);
  if (verb === 'erase' && again) {
    const erased = await eraseAgain(subject);
    for (const one of erased) tell(one, note);
    return note(`${erased.length} people were back and are erased again.`);
  }
  if (verb === 'erase' && subject !== undefined) {
    const email = Email.parse(subject);
    const user = await findUserByEmail(database(), email);
    if (user === null) throw new AppError('not-found', `Nobody has the address ${email}.`);
    for (const line of planned(await planErasure(user.id))) note(line);
    if (!yes) return note(`Nothing was changed. To erase ${email}: gloss person erase ${email} --yes`);
    return tell(await eraseByEmail(email), note);
  }
  throw new AppError('invalid', `Say what to do with whom, as gloss does here:\n\n${PERSON_USAGE}`);
}

function tell({ id, pseudonym, passedOn }: Erased, note: Say['note']): void {
  note(`${id} is erased, and is called “${pseudonym}” from now on. Backups made before still know them.`);
  for (const { projectId, to } of passedOn)
    note(`The project ${projectId} had no other owner and passed to ${to}.`);
}

function planned({ blockedBy, stays, goes, aloneKnows }: ErasurePlan): string[] {
  const lines = [
    'Goes: name, address, password, sign-in links, memberships, preferences',
    ...goes.map(({ what, count }) => `Goes: ${what} (${count})`),
    ...stays.map(({ what, count }) => `Stays, under a pseudonym: ${what} (${count})`),
    ...blockedBy.map(({ id, name }) => `First: “${name}” (${id}) needs another owner, or has to be deleted`),
  ];
  return aloneKnows === 0
    ? lines
    : [...lines, `Nobody else may look up who ${aloneKnows} protected speakers are: nobody could any more`];
}
