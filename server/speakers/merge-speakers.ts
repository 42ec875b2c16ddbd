import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { putIdentity } from '../../db/speakers/identities';
import { replaceNames } from '../../db/speakers/names';
import { moveSpeaker, selectSpeaker, updateSpeakerRow } from '../../db/speakers/rows';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { eachName, keyOf } from '../../lib/speakers/names';
import type { Speaker } from '../../lib/speakers/speaker';
import { notFound } from '../edit';
import { publish } from '../events/publish';
import { callThem, findStanding, mustKnow } from './find-speaker';

/**
 * Says that a speaker is another one: their names become aliases and their quotes follow. No quote is written anew, so that
 * it can be taken back whole (`restoreSpeaker`). Merged twice into the same one is no error.
 * @throws AppError conflict when they would end up under somebody who is less protected.
 */
export async function mergeSpeakers(grant: Grant, id: string, into: string): Promise<Speaker> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const stays = await findStanding(tx, grant, into);
    if (id === into) throw new AppError('invalid', 'They are one already. Choose somebody else.');
    if (stays.merged.some((one) => one.id === id)) return stays;
    const goes = await findStanding(tx, grant, id);
    if (goes.isProtected)
      throw new AppError(
        'conflict',
        `${goes.name} is protected: merge the other one into them, or end the protection first.`,
      );
    const brought = [goes.name, ...goes.aliases];
    await replaceNames(tx, grant, id, []);
    if (stays.isProtected) {
      const { visibleTo, ...identity } = await mustKnow(tx, grant, stays);
      const aliases = eachName([...identity.aliases, ...brought], [identity.name]);
      await putIdentity(tx, grant, into, { ...identity, aliases }, idsOf(visibleTo));
      await updateSpeakerRow(tx, grant, into, {});
    } else {
      const aliases = eachName([...stays.aliases, ...brought], [stays.name]);
      // All were theirs or the other's: nobody else is in the way.
      await replaceNames(tx, grant, into, [stays.name, ...aliases]);
      await updateSpeakerRow(tx, grant, into, { aliases });
    }
    await moveSpeaker(tx, grant, id, into);
    const merged = (await selectSpeaker(tx, grant, into)) as Speaker;
    await publish(tx, grant, { type: 'speaker.merged', subject: { ...merged, mergedId: id } });
    return merged;
  });
}

const idsOf = (people: readonly { id: string }[]) => people.map((person) => person.id);

const without = (names: readonly string[], gone: readonly string[]) => {
  const keys = new Set(gone.map(keyOf));
  return names.filter((name) => !keys.has(keyOf(name)));
};

/**
 * Takes a speaker apart from the one they were merged into, with the names they brought; quotes that were theirs are theirs
 * again. In the caller's transaction, which holds the project's lock.
 */
export async function separateSpeaker(
  tx: Transaction,
  grant: Grant,
  root: Speaker,
  id: string,
): Promise<Speaker> {
  const before = await selectSpeaker(tx, grant, id);
  if (before === null) throw notFound('speaker');
  const names = [before.name, ...before.aliases];
  if (root.isProtected) {
    const { visibleTo, ...identity } = await mustKnow(tx, grant, root);
    const aliases = without(identity.aliases, names);
    await putIdentity(tx, grant, root.id, { ...identity, aliases }, idsOf(visibleTo));
    await updateSpeakerRow(tx, grant, root.id, {});
  } else {
    const aliases = without(root.aliases, names);
    await replaceNames(tx, grant, root.id, [root.name, ...aliases]);
    await updateSpeakerRow(tx, grant, root.id, { aliases });
  }
  await callThem(tx, grant, id, names);
  await moveSpeaker(tx, grant, id, null);
  const stays = (await selectSpeaker(tx, grant, root.id)) as Speaker;
  await publish(tx, grant, { type: 'speaker.updated', subject: stays });
  const speaker = (await selectSpeaker(tx, grant, id)) as Speaker;
  await publish(tx, grant, { type: 'speaker.separated', subject: { ...speaker, fromId: root.id } });
  return speaker;
}
