import { z } from 'zod';
import { EMPTY_QUOTE } from '../annotations/attribution';
import { AppError } from '../errors';
import { idOfIri } from './addresses';
import { type Incoming, type IncomingAnnotation, nothingComing } from './incoming';
import { Losses } from './losses';

const Many = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), item]).transform((given) => (Array.isArray(given) ? given : [given])) as z.ZodType<
    z.output<T>[]
  >;
const Loose = z.looseObject({ type: z.unknown().optional() });
const Target = z.union([z.string(), Loose]);
const Given = z.looseObject({
  id: z.string().max(4_000),
  body: Many(z.union([z.string(), Loose])).optional(),
  bodyValue: z.string().optional(),
  motivation: Many(z.string()).optional(),
  creator: z.unknown(),
  created: z.string().optional(),
  target: Many(Target),
});
type Given = z.output<typeof Given>;
type Thing = Record<string, unknown>;

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const listOf = (value: unknown): Thing[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).filter(
    (one): one is Thing => typeof one === 'object' && one !== null,
  );

/** The selector with the words, whatever else is said about the place. */
function quoteOf(selectors: Thing[]): Thing | undefined {
  for (const selector of selectors) {
    if (selector.type === 'TextQuoteSelector') return selector;
    const inner = quoteOf(listOf(selector.refinedBy));
    if (inner) return inner;
  }
  return undefined;
}

function readOne(given: Given, losses: Losses): IncomingAnnotation | null {
  const [target] = given.target;
  const thing: Thing = typeof target === 'string' || target === undefined ? {} : target;
  const source =
    typeof target === 'string' ? target : textOf(thing.source) || textOf(listOf(thing.source)[0]?.id);
  const quote = quoteOf(listOf(thing.selector));
  const exact = textOf(quote?.exact);
  if (exact === '' || source === '') {
    losses.add(
      'Marks without words',
      'A mark comes in by the words it stands on; these name none.',
      given.id,
    );
    return null;
  }
  if (given.target.length > 1)
    losses.add('Further places of a mark', 'A mark here has one place: its first was taken.', exact);
  const bodies = (given.body ?? []).filter((body): body is Thing => typeof body === 'object');
  const withPurpose = (purpose: string) => bodies.filter((body) => body.purpose === purpose);
  const speaker = textOf(withPurpose('identifying')[0]?.value);
  const said = bodies.filter(
    (body) => textOf(body.value) !== '' && !['tagging', 'identifying'].includes(textOf(body.purpose)),
  );
  const comment = said.map((body) => textOf(body.value)).join('\n\n') || textOf(given.bodyValue);
  const codes = withPurpose('tagging')
    .map((body) => `#${textOf(body.value).trim()}`)
    .filter((name) => name !== '#');
  const motivation = given.motivation?.[0]?.replace(/^oa:/, '') ?? '';
  return {
    key: idOfIri(given.id),
    source: null,
    url: textOf(thing.scope) || source,
    alias: [source],
    ...{ start: null, end: null, exact, prefix: textOf(quote?.prefix), suffix: textOf(quote?.suffix) },
    motivation: motivationOf(motivation, { isCoded: codes.length > 0, hasWords: comment !== '', speaker }),
    body: comment || null,
    codes,
    quote: speaker || motivation === 'identifying' ? { ...EMPTY_QUOTE, speaker } : null,
    creator: textOf(listOf(given.creator)[0]?.name),
    created: given.created ?? null,
  };
}

function motivationOf(
  given: string,
  { isCoded, hasWords, speaker }: { isCoded: boolean; hasWords: boolean; speaker: string },
): IncomingAnnotation['motivation'] {
  if (speaker || given === 'identifying') return 'quoting';
  if (given === 'describing') return 'claiming';
  if (given === 'highlighting' || given === 'commenting' || given === 'classifying') return given;
  return isCoded ? 'classifying' : hasWords ? 'commenting' : 'highlighting';
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new AppError('invalid', `${name} is not valid JSON.`, { cause });
  }
}

/** Annotations wherever a document has them: one, a list, a page, or a collection with its first page inside. */
function annotationsIn(document: unknown): unknown[] {
  if (Array.isArray(document)) return document.flatMap(annotationsIn);
  if (typeof document !== 'object' || document === null) return [];
  const thing = document as Thing;
  const types = Array.isArray(thing.type) ? thing.type : [thing.type];
  if (types.includes('AnnotationCollection')) return annotationsIn(thing.first);
  if (types.includes('AnnotationPage')) return annotationsIn(thing.items);
  return types.includes('Annotation') ? [thing] : [];
}

/** What W3C annotations hold: their words and where they stand; the sources have to be in the project. */
export function readWebAnnotations(files: ReadonlyMap<string, string>, losses: Losses): Incoming {
  const coming = nothingComing();
  for (const [name, text] of files) {
    for (const item of annotationsIn(parsed(text, name))) {
      const given = Given.safeParse(item);
      if (!given.success) {
        const why = 'They lack what every annotation must have: an id and a target.';
        losses.add('Annotations that are none', why, textOf((item as Thing).id));
        continue;
      }
      const one = readOne(given.data, losses);
      if (one) coming.annotations.push(one);
    }
  }
  return coming;
}

/** An annotation that a program sends by itself: what it says, and the addresses by which it is known. */
export type SentAnnotation = IncomingAnnotation & {
  /** What it stands in, as it names that: the first that is known here counts. */
  readonly addresses: readonly string[];
  /** Its place in Unicode code points, where it says one. */
  readonly position: { readonly start: number; readonly end: number } | null;
  /** The IRIs of the codes that it is classified by. */
  readonly codeIris: readonly string[];
  readonly canonical: string | null;
  /** Where it was found before: what it names, and the id it came with. */
  readonly via: readonly string[];
  readonly id: string | null;
};

const Iri = z.string().min(1).max(4_000);
const Sent = Given.extend({
  id: Iri.optional(),
  creator: z.unknown().optional(),
  canonical: Iri.optional(),
  via: Many(Iri).optional(),
});

const isText = (body: string | Thing): body is Thing => typeof body === 'object' && textOf(body.value) !== '';
const isCode = (body: string | Thing): body is Thing =>
  typeof body === 'object' && body.purpose === 'classifying' && textOf(body.source) !== '';

/**
 * Reads one annotation that is to be kept as a mark.
 * @throws AppError invalid for what is no annotation, and for what a mark can't hold: nothing is dropped in silence.
 */
export function readWebAnnotation(document: unknown): SentAnnotation {
  const types = [(document as Thing | null)?.type].flat();
  const parsed = Sent.safeParse(document);
  if (!parsed.success || !types.includes('Annotation'))
    throw new AppError('invalid', 'Send one W3C annotation: JSON-LD with type "Annotation" and a target.');
  const { id, canonical, via = [], ...sent } = parsed.data;
  if (sent.body !== undefined && sent.bodyValue !== undefined)
    throw new AppError('invalid', 'An annotation has `body` or `bodyValue`, not both.');
  if (!(sent.body ?? []).every((body) => isText(body) || isCode(body)))
    throw new AppError(
      'invalid',
      'A body here is a TextualBody with a value, or, with purpose "classifying", the IRI of a code.',
    );
  const losses = new Losses();
  const mark = readOne({ ...sent, creator: sent.creator, id: id ?? '' }, losses);
  const [loss] = losses.report().losses;
  if (mark === null || loss !== undefined)
    throw new AppError(
      'invalid',
      mark === null
        ? 'Say where it stands: a target with a source, and a TextQuoteSelector with the words.'
        : `${loss?.what}: ${loss?.why}`,
    );
  const [target] = sent.target;
  const thing = typeof target === 'object' ? target : {};
  return {
    ...mark,
    addresses: [textOf(thing.scope), textOf(thing.source), textOf(listOf(thing.source)[0]?.id)].filter(
      Boolean,
    ),
    position: positionOf(listOf(thing.selector)),
    codeIris: (sent.body ?? []).filter(isCode).map((body) => textOf(body.source)),
    canonical: canonical ?? null,
    via: [...new Set([...via, ...(id === undefined ? [] : [id])])],
    id: id ?? null,
  };
}

function positionOf(selectors: Thing[]): SentAnnotation['position'] {
  for (const { type, start, end, refinedBy } of selectors) {
    if (type === 'TextPositionSelector' && typeof start === 'number' && typeof end === 'number')
      return { start, end };
    const inner = positionOf(listOf(refinedBy));
    if (inner) return inner;
  }
  return null;
}
