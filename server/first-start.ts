import { database, inTurn } from '../db/client';
import { countUsers, findFirstUser, hasAnySession } from '../db/people';
import { addUser } from './people';
import { plantSample } from './sample/plant';
import { makeSignInLink } from './sign-in-links';

/** How long the link in the terminal works, in minutes. */
const LINK_MINUTES = 24 * 60;

/**
 * On an empty database: makes the first person and the sample project. Until somebody has signed in, answers a link
 * that signs the first person in once; afterwards `null`.
 */
export async function firstStart(say: (line: string) => void): Promise<string | null> {
  return inTurn(database(), 'firstStart', () => plantAndLink(say));
}

async function plantAndLink(say: (line: string) => void): Promise<string | null> {
  if ((await countUsers(database())) === 0) {
    say('sample    making a first team, project and source');
    const person = await addUser({ email: 'you@gloss.local', name: 'First user' });
    await plantSample(person);
  }
  if (await hasAnySession(database())) return null;
  const first = await findFirstUser(database());
  return first && makeSignInLink(first.id, LINK_MINUTES);
}
