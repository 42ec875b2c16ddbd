import { selectAnnotation } from '../../db/annotations';
import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { putIdentity } from '../../db/speakers/identities';
import { replaceNames } from '../../db/speakers/names';
import { countQuotes, type SpeakerFields, selectSpeaker, updateSpeakerRow } from '../../db/speakers/rows';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { eachName, tidyName } from '../../lib/speakers/names';
import type { Speaker, SpeakerChange } from '../../lib/speakers/speaker';
import { baseRevision, notFound } from '../edit';
import { publish } from '../events/publish';
import { mustStandFor } from './create-speaker';
import { callThem, findRoot, findStanding, mustKnow } from './find-speaker';
import { separateSpeaker } from './merge-speakers';

type Known = Omit<SpeakerFields, 'kind'>;

/** What is known after a change; who gets another name keeps the old one as an alias, unless the aliases are told as well. */
function changed(before: Known, change: SpeakerChange): Known {
  const name = change.name === undefined ? before.name : tidyName(change.name);
  const kept = change.aliases ?? [...before.aliases, ...(name === before.name ? [] : [before.name])];
  const { role, affiliation, affiliationId, firstMentionId } = { ...before, ...change };
  return { name, aliases: eachName(kept, [name]), role, affiliation, affiliationId, firstMentionId };
}

/** Publishes a speaker as they are now, and answers that. */
export async function tellSpeaker(
  tx: Transaction,
  grant: Grant,
  id: string,
  type: 'speaker.updated' | 'speaker.deleted' | 'speaker.restored',
): Promise<Speaker> {
  const speaker = (await selectSpeaker(tx, grant, id)) as Speaker;
  await publish(tx, grant, { type, subject: speaker });
  return speaker;
}

/**
 * Changes what is known of a speaker. Of a protected one that is their identity, which only who knows it may change, and
 * nobody else is shown.
 * @throws AppError conflict when they changed meanwhile, or somebody else is called so.
 */
export async function updateSpeaker(
  grant: Grant,
  id: string,
  change: SpeakerChange,
  ifMatch: number | null,
): Promise<Speaker> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await findStanding(tx, grant, id);
    baseRevision(before, ifMatch);
    if (change.affiliationId === id)
      throw new AppError('invalid', 'Nobody belongs to themselves. Choose another speaker, or nobody.');
    await mustStandFor(tx, grant, change.affiliationId);
    if (change.firstMentionId && (await selectAnnotation(tx, grant, change.firstMentionId)) === null)
      throw new AppError('invalid', 'There is no such annotation in this project.');
    const kind = change.kind ?? before.kind;
    if (before.isProtected) {
      const identity = await mustKnow(tx, grant, before);
      const { visibleTo } = identity;
      const ids = visibleTo.map((person) => person.id);
      await putIdentity(tx, grant, id, changed(identity, change), ids);
      await updateSpeakerRow(tx, grant, id, { kind });
    } else {
      const fields = changed(before, change);
      await callThem(tx, grant, id, [fields.name, ...fields.aliases], [before.name, ...before.aliases]);
      await updateSpeakerRow(tx, grant, id, { kind, ...fields });
    }
    return tellSpeaker(tx, grant, id, 'speaker.updated');
  });
}

/** Learns that a speaker is called so, too, in the caller's transaction, which holds the project's lock. */
export async function learnAlias(
  tx: Transaction,
  grant: Grant,
  speaker: Speaker,
  alias: string,
): Promise<void> {
  const aliases = eachName([...speaker.aliases, alias], [speaker.name]);
  if (aliases.length === speaker.aliases.length) return;
  const taken = await replaceNames(tx, grant, speaker.id, [speaker.name, ...aliases]);
  // Somebody else is called so: what they are is for people to say.
  if (taken.length > 0) return;
  await updateSpeakerRow(tx, grant, speaker.id, { aliases });
  await tellSpeaker(tx, grant, speaker.id, 'speaker.updated');
}

/** Takes a speaker away whom no quote is given to. @throws AppError conflict while one is. */
export async function deleteSpeaker(grant: Grant, id: string, ifMatch: number | null): Promise<Speaker> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await findStanding(tx, grant, id);
    baseRevision(before, ifMatch);
    if (before.isProtected) await mustKnow(tx, grant, before);
    const quotes = (await countQuotes(tx, grant, id)).get(id) ?? 0;
    if (quotes > 0) {
      const many = quotes === 1 ? '1 quote is theirs' : `${quotes} quotes are theirs`;
      throw new AppError(
        'conflict',
        `${many}. Merge them into somebody else, or give those to others first.`,
      );
    }
    await replaceNames(tx, grant, id, []);
    await updateSpeakerRow(tx, grant, id, { deleted: true });
    return tellSpeaker(tx, grant, id, 'speaker.deleted');
  });
}

/** Brings a deleted speaker back, or takes a merged one apart from whom they were merged into. */
export async function restoreSpeaker(grant: Grant, id: string): Promise<Speaker> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const root = await findRoot(tx, grant, id);
    if (root.id !== id) return separateSpeaker(tx, grant, root, id);
    const before = await selectSpeaker(tx, grant, id);
    if (before === null) throw notFound('speaker');
    if (before.deleted === null) return before;
    await callThem(tx, grant, id, [before.name, ...before.aliases]);
    await updateSpeakerRow(tx, grant, id, { deleted: false });
    return tellSpeaker(tx, grant, id, 'speaker.restored');
  });
}
