import { setQuote } from '../../db/annotations';
import type { Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { selectSight } from '../../db/source-protections';
import { countStandingSources } from '../../db/sources';
import { findKnownIdentity } from '../../db/speakers/identities';
import { findByName } from '../../db/speakers/names';
import { countSpeakers, selectSpeaker } from '../../db/speakers/rows';
import type { Grant } from '../../lib/access/grant';
import { chainFault, storedQuote } from '../../lib/annotations/attribution';
import type { QuoteDetails } from '../../lib/annotations/quote';
import { AppError } from '../../lib/errors';
import { isNameLike, keyOf, tidyName } from '../../lib/speakers/names';
import type { Speaker } from '../../lib/speakers/speaker';
import { addSpeaker } from './create-speaker';
import { findRoot } from './find-speaker';
import { learnAlias } from './update-speaker';

/** Whom a quote was given to, and what its source calls them. */
export type GivenTo = { readonly speakerId: string | null; readonly written: string };
type Quoted = { readonly id: string; readonly sourceId: string };

const idsOf = (ids: readonly (string | null)[]) => [...new Set(ids.filter((id) => id !== null))];

/** Refuses a chain that makes no sense, or newly names what the project does not have. */
async function mustHold(
  tx: Transaction,
  grant: Grant,
  { chain }: QuoteDetails,
  sourceId: string,
  before: QuoteDetails | null,
): Promise<void> {
  const fault = chainFault(chain, sourceId);
  if (fault !== null) throw new AppError('invalid', fault);
  const stood = new Set(before?.chain.flatMap((link) => [link.sourceId, link.speakerId]));
  const sources = idsOf(chain.map((link) => link.sourceId)).filter((id) => !stood.has(id));
  const speakers = idsOf(chain.map((link) => link.speakerId)).filter((id) => !stood.has(id));
  if ((await countStandingSources(tx, grant, sources)) < sources.length)
    throw new AppError('invalid', 'A source in the chain does not exist in this project any more.');
  if ((await countSpeakers(tx, grant, speakers)) < speakers.length)
    throw new AppError('invalid', 'A speaker in the chain does not exist in this project any more.');
}

const isCalled = ({ name, aliases }: Speaker, called: string) =>
  [name, ...aliases].some((one) => keyOf(one) === keyOf(called));

/**
 * The speaker that a quote means, and the id that is kept of them: whoever was meant stays on record, though somebody else
 * stands for them by now. An id counts, but for a name put beside the id that was there before: then somebody wrote another
 * name without knowing of ids.
 */
async function speakerOf(
  tx: Transaction,
  grant: Grant,
  quote: QuoteDetails,
  { id, before }: { id: string; before: QuoteDetails | null },
): Promise<{ speaker: Speaker; keptId: string } | null> {
  const name = tidyName(quote.speaker);
  if (quote.speakerId !== null) {
    if ((await countSpeakers(tx, grant, [quote.speakerId])) === 0)
      throw new AppError('invalid', 'This speaker does not exist in this project any more.');
    const speaker = await findRoot(tx, grant, quote.speakerId);
    const isStale = before?.speakerId === quote.speakerId && name !== before.speaker;
    if (!isStale || (name !== '' && isCalled(speaker, name))) return { speaker, keptId: quote.speakerId };
  }
  if (name === '') return null;
  // Who does not know a protected speaker must not learn by trying names: to them nobody is called so.
  const known = (await findKnownIdentity(tx, grant, name)) ?? (await findByName(tx, grant, name));
  const speaker =
    known !== null
      ? // Also one whose name an embargo withholds so far: whoever writes it quotes them elsewhere, too.
        await findRoot(tx, { projectId: grant.projectId, actor: null }, known)
      : await addSpeaker(tx, grant, { name, aliases: [], role: '', affiliation: '', firstMentionId: id });
  return { speaker, keptId: speaker.id };
}

/** Whether neither what a source says nor the speaker is withheld from anybody: a name that is learnt is told to everybody. */
async function isOpenToAll(
  tx: Transaction,
  grant: Grant,
  sourceId: string,
  { id }: Speaker,
): Promise<boolean> {
  return (
    (await selectSight(tx, sourceId, 'passages')) === null && (await selectSpeaker(tx, grant, id)) !== null
  );
}

/**
 * Whom a quote is given to, by id, name or alias; who is not known yet is made. Takes the project's lock, and keeps nothing of the
 * mark.
 * @throws AppError invalid for a chain or a speaker that can't be.
 */
export async function whoseQuote(
  tx: Transaction,
  grant: Grant,
  { id, sourceId }: Quoted,
  quote: QuoteDetails,
  before: QuoteDetails | null = null,
): Promise<GivenTo> {
  await lockProject(tx, grant);
  await mustHold(tx, grant, quote, sourceId, before);
  const said = await speakerOf(tx, grant, quote, { id, before });
  const given = tidyName(quote.written);
  const isNew = said !== null && !said.speaker.isProtected && !isCalled(said.speaker, given);
  if (isNew && isNameLike(given) && (await isOpenToAll(tx, grant, sourceId, said.speaker)))
    await learnAlias(tx, grant, said.speaker, given);
  const written = given || (quote.speakerId === null ? tidyName(quote.speaker) : '');
  return { speakerId: said?.keptId ?? null, written: said === null ? '' : written };
}

/**
 * Gives a quote to its speaker, who is found by id, name or alias or made, and keeps how it came to us. Comes after the
 * mark's own row was written and before its event: rows first, then the project's lock, as everything about a mark does it.
 * Answers what it keeps of whom.
 * @throws AppError invalid for a chain or a speaker that can't be.
 */
export async function giveQuote(
  tx: Transaction,
  grant: Grant,
  quoted: Quoted,
  quote: QuoteDetails,
  before: QuoteDetails | null = null,
): Promise<GivenTo> {
  const givenTo = await whoseQuote(tx, grant, quoted, quote, before);
  await setQuote(tx, grant, quoted.id, { quote: storedQuote(quote), ...givenTo });
  return givenTo;
}
