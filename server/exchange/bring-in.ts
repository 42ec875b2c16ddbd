import { createHash } from 'node:crypto';
import { insertAnnotation, selectAnnotation } from '../../db/annotations';
import { selectClaimStatuses } from '../../db/claim-statuses';
import { insertClaim, selectClaim } from '../../db/claims';
import type { Transaction } from '../../db/client';
import { insertCode } from '../../db/codebook';
import { insertEvidence } from '../../db/evidence';
import { insertNote, selectNotes } from '../../db/notes';
import { insertSource, selectSource, selectSources, selectSourceText } from '../../db/sources';
import { insertMadeTarget } from '../../db/targets';
import type { Grant } from '../../lib/access/grant';
import { locate } from '../../lib/anchoring/locate';
import type { Selector } from '../../lib/annotations/annotation';
import { EMPTY_QUOTE, storedQuote } from '../../lib/annotations/quote';
import { CODE_COLOURS } from '../../lib/codebook/colours';
import { placeOf } from '../../lib/codebook/tree';
import { idOfIri } from '../../lib/exchange/addresses';
import { motivationOf, ownQuote } from '../../lib/exchange/as-ours';
import { nearestColour } from '../../lib/exchange/colours';
import type { ImportReport } from '../../lib/exchange/import-report';
import type { IncomingAnnotation, IncomingClaim } from '../../lib/exchange/incoming';
import type { Losses } from '../../lib/exchange/losses';
import { refit } from '../../lib/exchange/refit';
import { newId } from '../../lib/new-id';
import type { Note } from '../../lib/notes/note';
import { type Held, holdCodebook, learn } from '../codebook/hold';
import { publish } from '../events/publish';
import { giveQuote } from '../speakers/give-quote';
import { importId } from './import-id';
import type { FileRead } from './read-job';

type What = ImportReport['items'][number]['what'];
type Place = { id: string; text: string; version: number; move: ReturnType<typeof refit> };
/** What is known while a file comes in: ids here by the file's keys. */
type Coming = {
  readonly tx: Transaction;
  readonly grant: Grant;
  readonly losses: Losses;
  readonly counts: Record<What, { added: number; there: number }>;
  readonly codes: Map<string, string>;
  readonly sources: Map<string, Place>;
  readonly byAddress: Map<string, string>;
  readonly marks: Map<string, string>;
};

/**
 * Brings what a file holds into the Grant's project, all of it or, where something is thrown, nothing: what is there already stays
 * as it is. The marks and claims are of whoever brings them in. Returns what came, and counts what could not in `losses`.
 */
export async function bringIn(
  tx: Transaction,
  grant: Grant,
  { incoming, articles }: FileRead,
  losses: Losses,
): Promise<ImportReport['items']> {
  const zero = () => ({ added: 0, there: 0 });
  const coming: Coming = {
    ...{ tx, grant, losses, codes: new Map(), sources: new Map(), byAddress: new Map(), marks: new Map() },
    counts: { Codes: zero(), Sources: zero(), Marks: zero(), Claims: zero() },
  };
  // Before any row, as everybody takes it.
  const held = await holdCodebook(tx, grant);
  for (const code of incoming.codes) await bringCode(coming, held, code);
  for (const mark of incoming.annotations)
    for (const key of mark.codes)
      if (key.startsWith('#') && !coming.codes.has(key))
        await bringCode(coming, held, {
          ...{
            key,
            name: key.slice(1),
            definition: '',
            whenToUse: '',
            whenNot: '',
            colour: null,
            parent: null,
          },
        });
  for (const source of await selectSources(tx, grant, { limit: 10_000 })) {
    for (const address of [source.url, source.canonicalUrl, source.id])
      if (address !== null) coming.byAddress.set(addressOf(address), source.id);
  }
  for (const [nth, source] of incoming.sources.entries())
    await bringSource(coming, source, articles[nth] as FileRead['articles'][number]);
  for (const mark of incoming.annotations) await bringMark(coming, mark);
  const statuses = new Set((await selectClaimStatuses(tx, grant)).map(({ key }) => key));
  for (const claim of incoming.claims) await bringClaim(coming, claim, statuses);
  return Object.entries(coming.counts).map(([what, count]) => ({ what: what as What, ...count }));
}

/** An address as it is compared: without what leads to a place in the page, and without a slash at its end. */
const addressOf = (url: string) => idOfIri(url.replace(/#.*$/, '').replace(/\/$/, ''));

async function bringCode(
  { grant, tx, codes, counts, losses }: Coming,
  held: Held,
  code: FileRead['incoming']['codes'][number],
): Promise<void> {
  const name = code.name.trim().slice(0, 120).toWellFormed();
  const id = importId(grant.projectId, 'code', code.key.startsWith('#') ? code.key.toLowerCase() : code.key);
  const known = held.codes.find(
    (one) => one.id === code.key || one.id === id || one.name.toLowerCase() === name.toLowerCase(),
  );
  if (known) {
    codes.set(code.key, known.id);
    counts.Codes.there += 1;
    return;
  }
  const parentId = code.parent === null ? null : (codes.get(code.parent) ?? null);
  const place = placeOf(held.codes, id, { parentId });
  const at = 'fault' in place ? placeOf(held.codes, id, { parentId: null }) : place;
  if ('fault' in at) return losses.add('Codes', at.fault, name);
  const colour =
    nearestColour(code.colour ?? '') ?? CODE_COLOURS[held.codes.length % CODE_COLOURS.length] ?? 'amber';
  const cut = (words: string) => {
    if (words.length > 4_000)
      losses.add('The ends of long definitions', 'A definition takes 4,000 characters.', name);
    return words.slice(0, 4_000).toWellFormed();
  };
  const said = {
    definition: cut(code.definition),
    whenToUse: cut(code.whenToUse),
    whenNot: cut(code.whenNot),
  };
  const made = await insertCode(tx, grant, { id, name, colour, ...said, splitFrom: null, ...at });
  if (made === null)
    return losses.add('Codes that were removed here', 'Restore them in the codebook first.', name);
  await publish(tx, grant, { type: 'code.created', subject: learn(held, made) });
  codes.set(code.key, id);
  counts.Codes.added += 1;
}

async function bringSource(
  { tx, grant, sources, counts, losses }: Coming,
  given: FileRead['incoming']['sources'][number],
  article: FileRead['articles'][number],
): Promise<void> {
  const derived = importId(grant.projectId, 'source', given.key);
  const there = /^[\da-f-]{36}$/.test(given.key) ? await selectSource(tx, grant, given.key) : null;
  const id = there?.id ?? derived;
  const title = given.title.trim().slice(0, 500).toWellFormed() || 'Untitled';
  const made =
    there === null &&
    (await insertSource(tx, grant, {
      ...{ id, title, canonicalUrl: null, html: article.html, text: article.text },
      byline: given.byline?.slice(0, 500) ?? null,
      siteName: given.siteName?.slice(0, 500) ?? null,
      publishedAt: given.publishedAt?.slice(0, 40) ?? null,
      language: given.language?.slice(0, 40) ?? null,
      url: given.url && /^https?:\/\//.test(given.url) && URL.canParse(given.url) ? given.url : null,
      hash: createHash('sha256').update(article.text).digest('hex'),
      origin: { how: 'text', finalUrl: null, responseHeaders: null },
    }));
  const [source, text] = [await selectSource(tx, grant, id), await selectSourceText(tx, grant, id)];
  if (source === null || text === null)
    return losses.add('Sources that were removed here', 'They came in before, and were removed.', title);
  if (made) {
    await publish(tx, grant, { type: 'source.created', subject: source });
    await insertNote(tx, grant, { id: newId(), title: title.slice(0, 200).toWellFormed(), sourceId: id });
    const [note] = await selectNotes(tx, grant, { source: id }, { limit: 1 });
    await publish(tx, grant, { type: 'note.created', subject: note as Note });
  }
  counts.Sources[made ? 'added' : 'there'] += 1;
  sources.set(given.key, { id, text: text.text, version: text.version, move: refit(given.text, text.text) });
}

/** The source that a mark names: of the file, or one of the project by its address. */
async function placeFor(
  { tx, grant, sources, byAddress }: Coming,
  mark: IncomingAnnotation,
): Promise<Place | null> {
  if (mark.source !== null) return sources.get(mark.source) ?? null;
  const key = addressOf(mark.url ?? '');
  const known = sources.get(key);
  if (known) return known;
  const id = byAddress.get(key);
  const text = id === undefined ? null : await selectSourceText(tx, grant, id);
  if (id === undefined || text === null) return null;
  const place = { id, text: text.text, version: text.version, move: () => null };
  sources.set(key, place);
  return place;
}

function selectorsOf({ start, end, exact, prefix, suffix }: IncomingAnnotation, place: Place): Selector[] {
  const span = start === null || end === null ? null : place.move({ start, end });
  if (span !== null) {
    const words = place.text.slice(span.start, span.end);
    return [
      { type: 'TextPositionSelector', ...span },
      { type: 'TextQuoteSelector', exact: words, prefix: '', suffix: '' },
    ];
  }
  return [
    {
      type: 'TextQuoteSelector',
      ...{
        exact,
        prefix: prefix.slice(-2_000).toWellFormed(),
        suffix: suffix.slice(0, 2_000).toWellFormed(),
      },
    },
  ];
}

async function bringMark(coming: Coming, mark: IncomingAnnotation): Promise<void> {
  const { tx, grant, losses, counts, marks } = coming;
  const id = importId(grant.projectId, 'mark', mark.key);
  for (const known of /^[\da-f-]{36}$/.test(mark.key) ? [mark.key, id] : [id]) {
    const there = await selectAnnotation(tx, grant, known);
    if (there === null) continue;
    if (there.deleted === null) marks.set(mark.key, known);
    counts.Marks.there += 1;
    return;
  }
  const source = await placeFor(coming, mark);
  if (source === null)
    return losses.add(
      'Marks on pages that are not here',
      'Bring the page in first, then this file again.',
      mark.url ?? mark.exact,
    );
  const place = locate(source.text, selectorsOf(mark, source));
  if ('fault' in place)
    return losses.add(
      'Marks whose words are not found',
      'They do not stand in the text as it is here, or more than once.',
      mark.exact,
    );
  const body = mark.body?.trim().slice(0, 20_000).toWellFormed() || null;
  if ((mark.body?.length ?? 0) > 20_000)
    losses.add('The ends of long comments', 'A comment takes 20,000 characters.', mark.exact);
  const codeIds = [...new Set(mark.codes.flatMap((key) => coming.codes.get(key) ?? []))].slice(0, 50);
  const quote = mark.motivation === 'quoting' ? ownQuote(mark.quote ?? EMPTY_QUOTE) : null;
  const said = {
    motivation: motivationOf(mark, codeIds, body),
    body,
    codeIds,
    quote: quote && storedQuote(quote),
  };
  const stands = { ...place, version: source.version };
  if (!(await insertAnnotation(tx, grant, { id, sourceId: source.id, ...said, ...stands })))
    return losses.add('Marks that can’t be told apart', 'Something else has their id.', mark.exact);
  if (quote?.speaker) await giveQuote(tx, grant, { id, sourceId: source.id }, quote);
  await insertMadeTarget(tx, grant, { annotationId: id, sourceId: source.id, ...stands });
  const annotation = await selectAnnotation(tx, grant, id);
  if (annotation) await publish(tx, grant, { type: 'annotation.created', subject: annotation });
  if (mark.creator && mark.creator !== grant.actor.name)
    losses.add('Who made the marks', 'They are yours here: nobody is signed in by a file.', mark.creator);
  marks.set(mark.key, id);
  counts.Marks.added += 1;
}

async function bringClaim(
  coming: Coming,
  claim: IncomingClaim,
  statuses: ReadonlySet<string>,
): Promise<void> {
  const { tx, grant, losses, counts, marks } = coming;
  const id = importId(grant.projectId, 'claim', claim.key);
  // One after the other: a transaction has one connection, which answers one question at a time.
  if ((await selectClaim(tx, grant, claim.key)) ?? (await selectClaim(tx, grant, id))) {
    counts.Claims.there += 1;
    return;
  }
  const status = statuses.has(claim.status) ? claim.status : ([...statuses][0] ?? 'unverified');
  if (status !== claim.status)
    losses.add('Statuses that are not here', `They come in as “${status}”.`, claim.status);
  const { wording, confidence, tags } = claim;
  if (!(await insertClaim(tx, grant, { id, wording, status, confidence, tags, due: null, ownerId: null })))
    return;
  const brought = claim.evidence.flatMap(({ key, annotation, stance, note }) => {
    const annotationId = marks.get(annotation);
    const own = {
      id: importId(grant.projectId, 'evidence', key),
      stance,
      note,
      reliability: null,
      credibility: null,
    };
    return annotationId === undefined ? [] : [{ ...own, annotationId }];
  });
  await insertEvidence(tx, grant, id, brought);
  const made = await selectClaim(tx, grant, id);
  if (made) await publish(tx, grant, { type: 'claim.created', subject: made });
  counts.Claims.added += 1;
}
