import { database } from '../../db/client';
import { selectCodes } from '../../db/codebook';
import { selectSources, selectSourceText } from '../../db/sources';
import { saveIris, selectIris } from '../../db/web-annotations';
import type { Grant } from '../../lib/access/grant';
import { type Annotation, AnnotationChange, NewAnnotation } from '../../lib/annotations/annotation';
import { EMPTY_QUOTE } from '../../lib/annotations/attribution';
import { AppError } from '../../lib/errors';
import { idOfIri } from '../../lib/exchange/addresses';
import { CODE_POINTS, createRuler } from '../../lib/exchange/offsets';
import { readWebAnnotation, type SentAnnotation } from '../../lib/exchange/web-annotation-read';
import { newId } from '../../lib/new-id';
import { createAnnotation, deleteAnnotation, getAnnotation, updateAnnotation } from '../annotations';
import { notFound } from '../edit';
import { type Base, getWebAnnotation } from './describe';

/**
 * Keeps a W3C annotation as a mark of the Grant's actor: it gets an id of ours, and the one it came with is kept in `via`.
 * @throws AppError invalid for what a mark can't hold, or for a passage that no source of the project has.
 */
export async function createWebAnnotation(grant: Grant, base: Base, document: unknown) {
  const sent = readWebAnnotation(document);
  const sourceId = await findSource(grant, sent);
  const given = NewAnnotation.safeParse({
    id: newId(),
    sourceId,
    ...(await saidBy(grant, sent)),
    selector: await selectorOf(grant, sourceId, sent),
    quote: sent.quote,
  });
  if (!given.success) throw unfit(given.error);
  const { canonical, via } = sent;
  const { id } = await createAnnotation(grant, given.data, async (tx, made) => {
    if (canonical !== null || via.length > 0) await saveIris(tx, grant, made, { canonical, via });
  });
  return getWebAnnotation(grant, base, id);
}

/**
 * Puts a W3C annotation in the place of a mark: its own for an annotator, any for an editor. What the standard has no words
 * for (how a quote came to us) stays while its speaker does.
 * @throws AppError conflict when it changed since If-Match, or when `canonical` or `via` would.
 */
export async function replaceWebAnnotation(
  grant: Grant,
  base: Base,
  id: string,
  document: unknown,
  ifMatch: number | null,
) {
  const sent = readWebAnnotation(document);
  const before = await standing(grant, id, ifMatch);
  const iris = await irisAfter(grant, id, sent);
  if ((await findSource(grant, sent)) !== before.sourceId)
    throw new AppError('invalid', 'A mark stays in its source. Delete it, and make one in the other source.');
  const isSame = sent.quote?.speaker === before.quote?.speaker;
  const hasMoved = !saysThePlaceOf(sent, before);
  const given = AnnotationChange.safeParse({
    ...(await saidBy(grant, sent)),
    ...(!isSame && { quote: sent.quote ?? EMPTY_QUOTE }),
    ...(hasMoved && { selector: await selectorOf(grant, before.sourceId, sent) }),
  });
  if (!given.success) throw unfit(given.error);
  await updateAnnotation(grant, id, given.data, ifMatch, async (tx) => {
    if (iris) await saveIris(tx, grant, id, iris);
  });
  return getWebAnnotation(grant, base, id);
}

/** Deletes it so that it can be restored; its IRI is never given to another. */
export async function deleteWebAnnotation(grant: Grant, id: string, ifMatch: number | null): Promise<void> {
  await standing(grant, id, ifMatch);
  await deleteAnnotation(grant, id, ifMatch);
}

/** The annotation, unless it was deleted or is another than the caller read. */
async function standing(grant: Grant, id: string, ifMatch: number | null): Promise<Annotation> {
  const found = await getAnnotation(grant, id);
  if (found.deleted !== null) throw notFound('annotation');
  if (ifMatch !== null && ifMatch !== found.revision)
    throw new AppError('conflict', 'Somebody changed this meanwhile. Load it again, then make your change.', {
      details: { reason: 'if-match' },
    });
  return found;
}

/** The IRIs to keep; `null` where nothing changes. What was once set is not changed, nor taken away. */
async function irisAfter(grant: Grant, id: string, sent: SentAnnotation) {
  const known = (await selectIris(database(), grant, [id])).get(id);
  // Its own address is what it is called here, not where it was found before.
  const via = sent.via.filter((iri) => iri !== sent.id || known?.via.includes(iri));
  const isChanged =
    known &&
    ((known.canonical !== null && sent.canonical !== known.canonical) ||
      (known.via.length > 0 && [...via].sort().join('\n') !== [...known.via].sort().join('\n')));
  if (isChanged)
    throw new AppError(
      'conflict',
      '`canonical` and `via` stay as they were set. Send them as you read them.',
    );
  if (sent.canonical === null && via.length === 0) return null;
  return { canonical: sent.canonical, via };
}

const addressOf = (url: string) => idOfIri(url.replace(/#.*$/, '').replace(/\/$/, ''));

/** The source that an annotation names: by our address of it, or by that of the page it was read from. */
async function findSource(grant: Grant, { addresses }: SentAnnotation): Promise<string> {
  const known = new Map<string, string>();
  for (const source of await selectSources(database(), grant, { limit: 10_000 }))
    for (const address of [source.url, source.canonicalUrl, source.id])
      if (address !== null && !known.has(addressOf(address))) known.set(addressOf(address), source.id);
  for (const address of addresses) {
    const found = known.get(addressOf(address));
    if (found !== undefined) return found;
  }
  throw new AppError(
    'invalid',
    `No source of this project is at ${addresses[0] ?? 'that address'}. Add it to the project first.`,
  );
}

/** What an annotation says beside its place. */
async function saidBy(grant: Grant, { motivation, body, codeIris, codes }: SentAnnotation) {
  const known = await selectCodes(database(), grant);
  const codeIds = new Set(codeIris.map(idOfIri));
  for (const id of codeIds)
    if (!known.some((code) => code.id === id))
      throw new AppError('invalid', 'A code that it is classified by is not in this project.');
  for (const tag of codes) {
    const name = tag.slice(1).toLowerCase();
    const called = known.filter((code) => code.name.toLowerCase() === name);
    // The words beside the IRI of a code are its name, however many others bear it too.
    if (called.some((code) => codeIds.has(code.id))) continue;
    const [code] = called;
    if (code === undefined)
      throw new AppError('invalid', `There is no code “${tag.slice(1)}” in this project. Make it first.`);
    codeIds.add(code.id);
  }
  return {
    motivation,
    body: body === null ? null : { type: 'TextualBody' as const, value: body },
    codeIds: [...codeIds],
  };
}

const saysThePlaceOf = ({ exact, prefix, suffix }: SentAnnotation, { selector: [, quote] }: Annotation) =>
  exact === quote.exact && prefix === quote.prefix && suffix === quote.suffix;

/** Our selectors for the passage. A position counts where the words stand at it; a page as others read it may differ from our text. */
async function selectorOf(grant: Grant, sourceId: string, sent: SentAnnotation) {
  const { exact, prefix, suffix, position } = sent;
  const text = (await selectSourceText(database(), grant, sourceId))?.text ?? '';
  const ruler = createRuler(text, CODE_POINTS);
  const [start, end] = position ? [ruler.in(position.start), ruler.in(position.end)] : [null, null];
  const isThere = start !== null && end !== null && text.slice(start, end) === exact;
  return [
    ...(isThere ? [{ type: 'TextPositionSelector', start, end }] : []),
    { type: 'TextQuoteSelector', exact, prefix: prefix.slice(-2_000), suffix: suffix.slice(0, 2_000) },
  ];
}

function unfit({ issues: [issue] }: { issues: { path: PropertyKey[]; message: string }[] }): AppError {
  return new AppError('invalid', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`);
}
