import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { selectMembers } from '../../db/members';
import { deleteIdentity, putIdentity, selectIdentity } from '../../db/speakers/identities';
import { updateSpeakerRow } from '../../db/speakers/rows';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { tidyName } from '../../lib/speakers/names';
import type { Identity, Protection, Speaker } from '../../lib/speakers/speaker';
import { recordDeed } from '../audit/record';
import { baseRevision, notFound } from '../edit';
import { callThem, findStanding, mustKnow } from './find-speaker';
import { tellSpeaker } from './update-speaker';

/** The members who may know, and whoever says so among them. @throws AppError invalid for somebody who is no member. */
async function confidantsOf(
  tx: Transaction,
  grant: Grant,
  speaker: Speaker,
  wanted: readonly string[] | undefined,
): Promise<string[]> {
  const members = await selectMembers(tx, grant);
  const known = new Set(members.map(({ userId }) => userId));
  if (wanted?.some((id) => !known.has(id)))
    throw new AppError('invalid', 'Only members of the project can be told who it is. Add them first.');
  const owners = members.filter(({ role }) => role === 'owner').map(({ userId }) => userId);
  const named = wanted ?? [speaker.creator.id, ...owners].filter((id) => known.has(id));
  return [...new Set([grant.actor.userId, ...named])];
}

/**
 * Gives a speaker a pseudonym, which is all that anybody is shown from then on, in what was written before as well; who they
 * are is kept apart for the members named. Of one who is protected it changes the pseudonym and who may know.
 * @throws AppError forbidden when somebody who does not know them changes that.
 */
export async function protectSpeaker(
  grant: Grant,
  id: string,
  { pseudonym, visibleTo }: Protection,
  ifMatch: number | null,
): Promise<Speaker> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await findStanding(tx, grant, id);
    baseRevision(before, ifMatch);
    const { visibleTo: knowing, ...identity } = before.isProtected
      ? await mustKnow(tx, grant, before)
      : { ...before, visibleTo: [] };
    const { name, aliases, role, affiliation, affiliationId, firstMentionId } = identity;
    const wanted = visibleTo ?? (before.isProtected ? knowing.map((person) => person.id) : undefined);
    const userIds = await confidantsOf(tx, grant, before, wanted);
    const known = { name, aliases, role, affiliation, affiliationId, firstMentionId };
    await putIdentity(tx, grant, id, known, userIds);
    await callThem(tx, grant, id, [tidyName(pseudonym)]);
    const face = { name: tidyName(pseudonym), aliases: [], role: '', affiliation: '' };
    await updateSpeakerRow(tx, grant, id, {
      ...face,
      affiliationId: null,
      firstMentionId: null,
      isProtected: true,
    });
    await recordDeed(grant, 'speaker.protected', { subjectId: id, knownTo: userIds }, tx);
    return tellSpeaker(tx, grant, id, 'speaker.updated');
  });
}

/** Ends the protection: everybody is shown who the speaker is. @throws AppError forbidden to whoever does not know them. */
export async function unprotectSpeaker(grant: Grant, id: string, ifMatch: number | null): Promise<Speaker> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await findStanding(tx, grant, id);
    baseRevision(before, ifMatch);
    if (!before.isProtected) return before;
    const { visibleTo: _, speakerId: __, ...identity } = await mustKnow(tx, grant, before);
    await callThem(tx, grant, id, [identity.name, ...identity.aliases]);
    await updateSpeakerRow(tx, grant, id, { ...identity, isProtected: false });
    await deleteIdentity(tx, grant, id);
    await recordDeed(grant, 'speaker.unprotected', { subjectId: id }, tx);
    return tellSpeaker(tx, grant, id, 'speaker.updated');
  });
}

/** Who a protected speaker is; the audit keeps who asked, and whether they were told. @throws AppError not-found to whoever is not named in it. */
export async function getIdentity(grant: Grant, id: string): Promise<Identity> {
  const identity = await selectIdentity(database(), grant, id);
  await recordDeed(grant, 'speaker.identity-read', { subjectId: id, shown: identity !== null });
  if (identity === null) throw notFound('identity');
  return identity;
}
