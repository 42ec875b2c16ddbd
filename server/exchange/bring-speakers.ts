import { findByName, replaceNames } from '../../db/speakers/names';
import { insertSpeaker, selectRootId, selectSpeaker, updateSpeakerRow } from '../../db/speakers/rows';
import { eachName, tidyName } from '../../lib/speakers/names';
import type { Speaker } from '../../lib/speakers/speaker';
import { tellSpeaker } from '../speakers/update-speaker';
import { type Coming, count, cut, idsOf } from './coming';
import { tell } from './settle-up';

/** Brings somebody in whom quotes are given to, unless somebody here is called so. */
export async function bringSpeaker(coming: Coming, given: Speaker): Promise<void> {
  const { tx, grant, speakers, losses } = coming;
  const { made: id, all } = idsOf(coming, 'speaker', given.id);
  const name = cut(tidyName(given.name), 200);
  if (name === '') return losses.add('Speakers without a name', 'Nobody can be told by it.', given.id);
  const known: (string | null)[] = [];
  for (const one of all) known.push(await selectRootId(tx, grant, one));
  const there = known.find((one) => one !== null) ?? (await findByName(tx, grant, name));
  if (there) {
    speakers.set(given.id, there);
    return count(coming, 'Speakers', given.id, false);
  }
  const aliases: string[] = [];
  for (const alias of eachName(given.aliases.slice(0, 50), [name]))
    if ((await findByName(tx, grant, alias)) === null) aliases.push(cut(alias, 200));
    else losses.add('What speakers are called, too', 'Somebody else here is called so.', alias);
  const { kind } = given;
  const [role, affiliation] = [cut(given.role, 300), cut(given.affiliation, 300)];
  const nothing = { affiliationId: null, firstMentionId: null };
  if (!(await insertSpeaker(tx, grant, { id, kind, name, aliases, role, affiliation, ...nothing })))
    return losses.add('Speakers that can’t be told apart', 'Something else has their id.', name);
  await replaceNames(tx, grant, id, [name, ...aliases]);
  const speaker = await selectSpeaker(tx, grant, id);
  if (speaker) await tell(coming, { type: 'speaker.created', subject: speaker });
  if (given.isProtected)
    losses.add('That speakers are protected', 'They come in by the pseudonym alone, as any other.', name);
  speakers.set(given.id, id);
  count(coming, 'Speakers', given.id, true);
}

/** Says of a new speaker whom they belong to and which quote names them first, once these are here. */
export async function finishSpeaker(coming: Coming, given: Speaker): Promise<void> {
  const { tx, grant, speakers, marks, added } = coming;
  const id = speakers.get(given.id);
  const affiliationId = speakers.get(given.affiliationId ?? '') ?? null;
  const firstMentionId = marks.get(given.firstMentionId ?? '') ?? null;
  if (id === undefined || !added.has(given.id) || (affiliationId ?? firstMentionId) === null) return;
  await updateSpeakerRow(tx, grant, id, {
    firstMentionId,
    ...(affiliationId !== id && { affiliationId }),
  });
  await tellSpeaker(tx, grant, id, 'speaker.updated');
}
