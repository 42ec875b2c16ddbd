import {
  insertSpeakers,
  linkSpeakers,
  type NewSpeaker,
  type SpeakerLinks,
  selectRootIds,
} from '../../db/speakers/brought-in';
import { findByNames } from '../../db/speakers/names';
import { selectSpeakersById } from '../../db/speakers/rows';
import { eachName, tidyName } from '../../lib/speakers/names';
import type { Speaker } from '../../lib/speakers/speaker';
import { type Coming, count, cut, idsOf } from './coming';
import { tell } from './settle-up';

/** What a speaker of the file is called here: the name first. */
function namesOf(given: Speaker): string[] {
  const name = cut(tidyName(given.name), 200);
  return [name, ...eachName(given.aliases.slice(0, 50), [name]).map((alias) => cut(alias, 200))];
}

/** Brings those in whom quotes are given to, unless somebody here is called so. */
export async function bringSpeakers(coming: Coming, some: readonly Speaker[]): Promise<void> {
  const { tx, grant, speakers, losses } = coming;
  const asked = some.map((given) => ({
    given,
    ...idsOf(coming, 'speaker', given.id),
    names: namesOf(given),
  }));
  const roots = await selectRootIds(
    tx,
    grant,
    asked.flatMap(({ all }) => all),
  );
  const named = await findByNames(
    tx,
    grant,
    asked.flatMap(({ names }) => names),
  );
  const foldedOf = (name: string) => named.get(name)?.folded ?? '';
  // Whoever comes first has a name.
  const called = new Map([...named.values()].map(({ folded, speakerId }) => [folded, speakerId]));
  const rows: NewSpeaker[] = [];
  for (const { given, made: id, all, names } of asked) {
    const [name = '', ...others] = names;
    if (name === '') {
      losses.add('Speakers without a name', 'Nobody can be told by it.', given.id);
      continue;
    }
    const root = all.map((one) => roots.get(one)).find((one) => one !== undefined);
    const there = root ?? called.get(foldedOf(name));
    if (there) {
      speakers.set(given.id, there);
      count(coming, 'Speakers', given.id, false);
      continue;
    }
    const aliases = others.filter((alias) => !called.get(foldedOf(alias)));
    for (const alias of others)
      if (!aliases.includes(alias))
        losses.add('What speakers are called, too', 'Somebody else here is called so.', alias);
    for (const one of [name, ...aliases]) called.set(foldedOf(one), id);
    speakers.set(given.id, id);
    const [role, affiliation] = [cut(given.role, 300), cut(given.affiliation, 300)];
    rows.push({ id, kind: given.kind, name, aliases, role, affiliation, sortName: foldedOf(name) });
  }
  await keep(coming, some, rows);
}

/** Writes down who is new, and tells of them. */
async function keep(coming: Coming, some: readonly Speaker[], rows: readonly NewSpeaker[]): Promise<void> {
  const { tx, grant, speakers, losses } = coming;
  const made = await insertSpeakers(tx, grant, rows);
  const fresh = new Map((await selectSpeakersById(tx, grant, [...made])).map((one) => [one.id, one]));
  const taken = new Map(rows.map(({ id, name }) => [id, name]));
  for (const given of some) {
    const id = speakers.get(given.id) ?? '';
    const name = taken.get(id);
    if (name === undefined) continue;
    // Each once: a file may name two who are one here.
    taken.delete(id);
    const subject = fresh.get(id);
    if (subject === undefined) {
      losses.add('Speakers that can’t be told apart', 'Something else has their id.', name);
      for (const [key, one] of speakers) if (one === id) speakers.delete(key);
      continue;
    }
    await tell(coming, { type: 'speaker.created', subject });
    if (given.isProtected)
      losses.add('That speakers are protected', 'They come in by the pseudonym alone, as any other.', name);
    count(coming, 'Speakers', given.id, true);
  }
}

/** Says of new speakers whom they belong to and which quote names them first, once these are here. */
export async function finishSpeakers(coming: Coming, some: readonly Speaker[]): Promise<void> {
  const { tx, grant, speakers, marks, added } = coming;
  const links: SpeakerLinks[] = [];
  for (const given of some) {
    const id = speakers.get(given.id);
    const belongsTo = speakers.get(given.affiliationId ?? '') ?? null;
    const firstMentionId = marks.get(given.firstMentionId ?? '') ?? null;
    if (id === undefined || !added.has(given.id) || (belongsTo ?? firstMentionId) === null) continue;
    links.push({ id, firstMentionId, affiliationId: belongsTo === id ? null : belongsTo });
  }
  if (links.length === 0) return;
  await linkSpeakers(tx, grant, links);
  const ids = links.map(({ id }) => id);
  const known = new Map((await selectSpeakersById(tx, grant, ids)).map((one) => [one.id, one]));
  for (const id of ids) {
    const subject = known.get(id);
    if (subject) await tell(coming, { type: 'speaker.updated', subject });
  }
}
