import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { countSpeakers, insertSpeaker, selectSpeaker } from '../../db/speakers/rows';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import { eachName, kindOfName, tidyName } from '../../lib/speakers/names';
import type { NewSpeaker, Speaker } from '../../lib/speakers/speaker';
import { publish } from '../events/publish';
import { callThem } from './find-speaker';

/** Refuses an affiliation to somebody who is not there. */
export async function mustStandFor(tx: Transaction, grant: Grant, id: string | null | undefined) {
  if (id && (await countSpeakers(tx, grant, [id])) === 0)
    throw new AppError('invalid', 'The speaker they are said to belong to does not exist in this project.');
}

/** Adds a speaker inside the caller's transaction, which holds the project's lock; `firstMentionId` is the quote that names them. */
export async function addSpeaker(
  tx: Transaction,
  grant: Grant,
  input: NewSpeaker & { firstMentionId?: string },
): Promise<Speaker> {
  const id = input.id ?? newId();
  const name = tidyName(input.name);
  const aliases = eachName(input.aliases, [name]);
  await mustStandFor(tx, grant, input.affiliationId);
  const made = await insertSpeaker(tx, grant, {
    id,
    kind: input.kind ?? kindOfName(name),
    name,
    aliases,
    role: input.role,
    affiliation: input.affiliation,
    affiliationId: input.affiliationId ?? null,
    firstMentionId: input.firstMentionId ?? null,
  });
  if (!made) throw new AppError('conflict', 'This id is taken. Choose another.');
  await callThem(tx, grant, id, [name, ...aliases]);
  const speaker = (await selectSpeaker(tx, grant, id)) as Speaker;
  await publish(tx, grant, { type: 'speaker.created', subject: speaker });
  return speaker;
}

/**
 * Adds somebody whose words are quoted. The same id twice answers the existing speaker.
 * @throws AppError conflict when somebody is called so already.
 */
export async function createSpeaker(grant: Grant, input: NewSpeaker): Promise<Speaker> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const standing = input.id ? await selectSpeaker(tx, grant, input.id) : null;
    return standing ?? addSpeaker(tx, grant, input);
  });
}
