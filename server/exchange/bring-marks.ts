import { isClosedTo } from '../../db/access/kept';
import { type Made, setQuote } from '../../db/annotations';
import { insertAnnotations, type NewAnnotation, selectPlacesOf } from '../../db/annotations-brought-in';
import { selectSourceText } from '../../db/sources';
import { anchor, indexText } from '../../lib/anchoring/anchor';
import type { Span } from '../../lib/anchoring/describe';
import { locate } from '../../lib/anchoring/locate';
import type { Selector } from '../../lib/annotations/annotation';
import { chainFault, EMPTY_QUOTE, storedQuote } from '../../lib/annotations/attribution';
import type { QuoteDetails } from '../../lib/annotations/quote';
import { motivationOf } from '../../lib/exchange/as-ours';
import type { IncomingAnnotation } from '../../lib/exchange/incoming';
import { BLACK } from '../../lib/sources/redact';
import { type GivenTo, giveQuote, whoseQuote } from '../speakers/give-quote';
import { addressOf } from './bring-sources';
import { type Coming, count, credit, cut, type Place } from './coming';
import { importId } from './import-id';
import { settleUp } from './settle-up';

/** The source that a mark names: of the file, or one of the project by its address. */
async function placeFor(
  { tx, grant, sources, byAddress }: Coming,
  mark: IncomingAnnotation,
): Promise<Place | null> {
  if (mark.source !== null) return sources.get(mark.source) ?? null;
  for (const address of [mark.url, ...(mark.alias ?? [])]) {
    const key = addressOf(address ?? '');
    const known = sources.get(key);
    if (known) return known;
    const id = byAddress.get(key);
    const text = id === undefined ? null : await selectSourceText(tx, grant, id);
    if (id === undefined || text === null) continue;
    const place = { id, text: text.text, version: text.version, move: null };
    sources.set(key, place);
    return place;
  }
  return null;
}

type Found = ReturnType<typeof locate>;

/** Where a mark stands: at its place in the file's text, or in one that is here; else where its words do. */
function findPlace({ start, end, exact, prefix, suffix }: IncomingAnnotation, source: Place): Found {
  const { text, move } = source;
  const told = start === null || end === null ? null : { start, end };
  const span = told && (move === null ? told : move(told));
  const words = span?.end !== undefined && span.end <= text.length ? text.slice(span.start, span.end) : null;
  if (span && words !== null && (move !== null || exact === '' || words === exact))
    return locate(text, [
      { type: 'TextPositionSelector', ...span },
      { type: 'TextQuoteSelector', exact: words, prefix: '', suffix: '' },
    ]);
  if (exact === '') return { fault: 'The place lies beyond the end of the text.' };
  const quote = {
    type: 'TextQuoteSelector' as const,
    ...{ exact, prefix: prefix.slice(-2_000).toWellFormed(), suffix: suffix.slice(0, 2_000).toWellFormed() },
  };
  const found = locate(text, [quote]);
  return 'fault' in found ? anchored(source, quote, told ?? null) : found;
}

/** Words that stand there but for white space and signs, or several times with one place told: never a guess. */
function anchored(source: Place, quote: Selector, told: { start: number; end: number } | null): Found {
  source.index ??= indexText(source.text);
  const position = told && { type: 'TextPositionSelector' as const, ...told };
  const outcome = anchor(source.index, position ? [position, quote] : [quote]);
  const isSame =
    outcome.kind === 'exact' ||
    outcome.kind === 'moved' ||
    (outcome.kind === 'changed' && outcome.reason === 'restyled');
  if (!isSame) return { fault: outcome.kind };
  const exact = source.text.slice(outcome.span.start, outcome.span.end);
  return locate(source.text, [
    { type: 'TextPositionSelector', ...outcome.span },
    { type: 'TextQuoteSelector', exact, prefix: '', suffix: '' },
  ]);
}

/** A quote with the speakers and sources that are here; a link to what is not is told by its label, or left out. */
function quoteHere({ speakers, sources }: Coming, quote: QuoteDetails, sourceId: string): QuoteDetails {
  const chain = quote.chain
    .map((link) => ({
      ...link,
      sourceId: link.sourceId === null ? null : (sources.get(link.sourceId)?.id ?? null),
      speakerId: link.speakerId === null ? null : (speakers.get(link.speakerId) ?? null),
    }))
    .filter(({ label, sourceId: from, speakerId }) => label !== '' || from !== null || speakerId !== null);
  const speakerId = quote.speakerId === null ? null : (speakers.get(quote.speakerId) ?? null);
  return { ...quote, speakerId, chain: chainFault(chain, sourceId) === null ? chain : [] };
}

/** What a mark keeps of the round it was made in: whom it counts for, and that nobody else sees it while that is blind. */
function madeIn(
  { passes, grant, losses }: Coming,
  mark: IncomingAnnotation,
  sourceId: string,
): Partial<Made> {
  const pass = mark.pass ? passes.get(mark.pass.key) : undefined;
  const key = mark.pass?.coder ?? pass?.byPerson.get(mark.creatorKey ?? '');
  const coder = pass?.coders.get(key ?? '');
  if (pass && coder && pass.sources.has(sourceId))
    return {
      passId: pass.id,
      coderId: coder.isMine ? null : coder.id,
      seenBy: pass.isHiding ? [grant.actor.userId] : null,
    };
  if (mark.pass)
    losses.add(
      'The rounds that marks were made in',
      'The round, its source or the coder is not here.',
      mark.exact,
    );
  return {};
}

const ID = /^[\da-f-]{36}$/;

/** A mark of the file as it would stand here. */
type Ready = {
  readonly mark: IncomingAnnotation;
  readonly row: NewAnnotation;
  readonly details: QuoteDetails | null;
};

/** Whether a mark would stand on a passage that is blacked out for whoever brings it in. */
async function isOnProtected(
  { tx, grant }: Coming,
  { id: sourceId, version }: Place,
  { exact, start, end }: Span & { readonly exact: string },
): Promise<boolean> {
  return exact.includes(BLACK) && isClosedTo(tx, grant, { sourceId, version, start, end });
}

/** A mark at its place or where its words stand; `null` where it can't come in, which is counted. */
async function readyMark(coming: Coming, mark: IncomingAnnotation, id: string): Promise<Ready | null> {
  const { losses } = coming;
  const source = await placeFor(coming, mark);
  if (source === null) {
    losses.add(
      'Marks on pages that are not here',
      'Bring the page in first, then this file again.',
      mark.url ?? mark.exact,
    );
    return null;
  }
  const place = findPlace(mark, source);
  if ('fault' in place || (await isOnProtected(coming, source, place))) {
    losses.add(
      'Marks whose words are not found',
      'They do not stand in the text as it is here, or more than once.',
      mark.exact || `${mark.start}–${mark.end}`,
    );
    return null;
  }
  const body = cut(mark.body?.trim() ?? '', 20_000) || null;
  if ((mark.body?.length ?? 0) > 20_000)
    losses.add('The ends of long comments', 'A comment takes 20,000 characters.', mark.exact);
  const codeIds = [...new Set(mark.codes.flatMap((key) => coming.codes.get(key) ?? []))].slice(0, 50);
  const quote =
    mark.motivation === 'quoting' ? quoteHere(coming, mark.quote ?? EMPTY_QUOTE, source.id) : null;
  const details = quote?.speaker ? quote : null;
  const row = {
    ...{ id, sourceId: source.id, version: source.version, body, codeIds, ...place },
    ...{ motivation: motivationOf(mark, codeIds, body), quote: quote && storedQuote(quote) },
    ...{ speakerId: null, written: '' },
    ...madeIn(coming, mark, source.id),
  };
  return { mark, row: { ...row, ...(details && (await givenBefore(coming, row, details))) }, details };
}

/** To whom a quote is given that names a speaker who is here, or says what one before it said; else to nobody yet. */
async function givenBefore(
  { tx, grant, given }: Coming,
  row: { id: string; sourceId: string },
  details: QuoteDetails,
): Promise<GivenTo | null> {
  const known = given.get(quoteKey(details));
  if (known !== undefined || details.speakerId === null) return known ?? null;
  const whose = await whoseQuote(tx, grant, row, details);
  given.set(quoteKey(details), whose);
  return whose;
}

/** The same for quotes that give the same to the same speaker, in the same words. */
const quoteKey = ({ speakerId, speaker, written, chain }: QuoteDetails): string =>
  JSON.stringify([speakerId, speaker, written, chain.map((link) => [link.sourceId, link.speakerId])]);

/** Gives quotes to speakers whom only their words name: those are found, or made with the mark as their first mention. */
async function giveQuotes({ tx, grant, given }: Coming, ready: readonly Ready[]): Promise<void> {
  for (const { row, details } of ready) {
    if (details === null || row.speakerId !== null) continue;
    const known = given.get(quoteKey(details));
    if (known !== undefined && row.quote) await setQuote(tx, grant, row.id, { quote: row.quote, ...known });
    else given.set(quoteKey(details), await giveQuote(tx, grant, row, details));
  }
}

/** Brings some marks in together, and counts them; those that are here already stay as they are. */
export async function bringMarks(coming: Coming, some: readonly IncomingAnnotation[]): Promise<void> {
  const { tx, grant, losses, marks, waiting } = coming;
  const idsOf = some.map(({ key }) => ({ key, id: importId(grant.projectId, 'mark', key) }));
  const asked = idsOf.flatMap(({ key, id }) => (ID.test(key) ? [key, id] : [id]));
  const there = new Map(await selectPlacesOf(tx, grant, asked));
  const ready: Ready[] = [];
  for (const [nth, { key, id }] of idsOf.entries()) {
    const known = (ID.test(key) ? [key, id] : [id]).find((one) => there.has(one));
    if (known !== undefined) {
      if (!there.get(known)?.isDeleted) marks.set(key, known);
      count(coming, 'Marks', key, false);
      continue;
    }
    const one = await readyMark(coming, some[nth] as IncomingAnnotation, id);
    if (one === null) continue;
    // A file may have it twice.
    there.set(id, { sourceId: one.row.sourceId, isDeleted: false });
    ready.push(one);
  }
  const made = await insertAnnotations(
    tx,
    grant,
    ready.map(({ row }) => row),
  );
  const isMade = ({ row }: Ready) => made.has(row.id);
  for (const { mark } of ready.filter((one) => !isMade(one)))
    losses.add('Marks that can’t be told apart', 'Something else has their id.', mark.exact);
  const fresh = ready.filter(isMade);
  await giveQuotes(coming, fresh);
  for (const { mark, row } of fresh) {
    credit(coming, row.id, { key: mark.creatorKey, name: mark.creator });
    waiting.events.push({ type: 'annotation.created', id: row.id });
    marks.set(mark.key, row.id);
    count(coming, 'Marks', mark.key, true);
  }
  await settleUp(coming);
}
