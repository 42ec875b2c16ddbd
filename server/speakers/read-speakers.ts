import { database } from '../../db/client';
import { selectIdentity } from '../../db/speakers/identities';
import { countQuotes, selectSpeakers } from '../../db/speakers/rows';
import type { Grant } from '../../lib/access/grant';
import type { Speaker, SpeakerAnswer } from '../../lib/speakers/speaker';
import { findRoot } from './find-speaker';

/** The speakers of a project by name, as everybody may see them, with how many quotes each has. */
export async function listSpeakers(
  grant: Grant,
): Promise<{ items: (Speaker & { quotes: number })[]; nextCursor: null }> {
  const [speakers, counts] = [await selectSpeakers(database(), grant), await countQuotes(database(), grant)];
  const items = speakers.map((speaker) => ({ ...speaker, quotes: counts.get(speaker.id) ?? 0 }));
  return { items, nextCursor: null };
}

/** One speaker, deleted or not; of a merged one whoever stands for them now. @throws AppError not-found. */
export async function getSpeaker(grant: Grant, id: string): Promise<SpeakerAnswer> {
  const speaker = await findRoot(database(), grant, id);
  const quotes = (await countQuotes(database(), grant, speaker.id)).get(speaker.id) ?? 0;
  const isKnown = speaker.isProtected && (await selectIdentity(database(), grant, speaker.id)) !== null;
  return { ...speaker, quotes, mayIdentify: isKnown };
}
