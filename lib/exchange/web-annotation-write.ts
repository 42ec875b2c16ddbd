import { spanOf } from '../annotations/span';
import { iriOf } from './addresses';
import type { Losses } from './losses';
import { CODE_POINTS, createRuler } from './offsets';
import { BEHIND_MARKS, type ReadRecords, type RecordOf } from './record';
import { type ZipEntry, zipped } from './zip';

type Annotation = RecordOf<'annotation'>['annotation'];
type Project = RecordOf<'project'>;
type Place = { source: RecordOf<'source'>['source']; ruler: ReturnType<typeof createRuler> };

const CONTEXT = 'http://www.w3.org/ns/anno.jsonld';
/** Annotations on a page. */
const PAGE = 500;

/** Our motivations in the standard's words (Web Annotation Vocabulary, section 3.3.1). */
const MOTIVATION: Record<Annotation['motivation'], string> = {
  highlighting: 'highlighting',
  commenting: 'commenting',
  classifying: 'classifying',
  quoting: 'identifying',
  claiming: 'describing',
};

function bodiesOf(annotation: Annotation, project: Project, codes: ReadonlyMap<string, string>) {
  const bodies: object[] = [];
  if (annotation.body)
    bodies.push({
      type: 'TextualBody',
      value: annotation.body.value,
      format: 'text/plain',
      purpose: 'commenting',
    });
  if (annotation.quote?.speaker)
    bodies.push({ type: 'TextualBody', value: annotation.quote.speaker, purpose: 'identifying' });
  for (const id of annotation.codeIds) {
    const name = codes.get(id);
    if (name === undefined) continue;
    bodies.push({ type: 'SpecificResource', source: iriOf(project, 'codes', id), purpose: 'classifying' });
    bodies.push({ type: 'TextualBody', value: name, purpose: 'tagging' });
  }
  return bodies;
}

/** One annotation in the words of the Web Annotation Data Model; its places are in code points, as it asks (section 4.2.5). */
export function toWebAnnotation(
  annotation: Annotation,
  { source, ruler }: Place,
  project: Project,
  codes: ReadonlyMap<string, string>,
): Record<string, unknown> {
  const { start, end } = spanOf(annotation);
  const [, quote] = annotation.selector;
  const isPlaced = annotation.version === source.text.version;
  const bodies = bodiesOf(annotation, project, codes);
  const position = { type: 'TextPositionSelector', start: ruler.out(start), end: ruler.out(end) };
  return {
    '@context': CONTEXT,
    id: iriOf(project, 'web-annotations', annotation.id),
    type: 'Annotation',
    motivation: MOTIVATION[annotation.motivation],
    creator: { id: `urn:uuid:${annotation.creator.id}`, type: 'Person', name: annotation.creator.name },
    created: annotation.created,
    modified: annotation.modified,
    generator: { id: 'urn:gloss', type: 'Software', name: 'Gloss' },
    ...(bodies.length > 0 && { body: bodies }),
    target: {
      type: 'SpecificResource',
      source: source.url ?? iriOf(project, 'sources', source.id),
      scope: iriOf(project, 'sources', source.id),
      selector: [...(isPlaced ? [position] : []), quote],
    },
  };
}

function countLosses(annotation: Annotation, place: Place, losses: Losses): void {
  const { exact } = annotation.selector[1];
  const { quote } = annotation;
  if (
    quote &&
    (quote.chain.length > 0 || quote.level || quote.hedged || quote.style === 'indirect' || quote.written)
  )
    losses.add('How a quote was given and came to us', 'The speaker’s name alone is kept, as a body.', exact);
  if (annotation.version !== place.source.text.version)
    losses.add(
      'Where marks without a certain place stand',
      'Their words are kept, without a position.',
      exact,
    );
}

const OTHERS: Partial<Record<string, string>> = {
  claim: 'Claims',
  note: 'Notes',
  thread: 'Discussions',
  'follow-up': 'Follow-ups',
  speaker: 'What is known of speakers',
};

/** The annotations of a project as an AnnotationCollection and its pages, a file each, in an archive. */
export async function* writeWebAnnotations(read: ReadRecords, losses: Losses): AsyncGenerator<Uint8Array> {
  let project: Project | null = null;
  let total = 0;
  for await (const record of read()) {
    if (record.kind === 'project') project = record;
    else if (record.kind === 'annotation') total += 1;
    const other = OTHERS[record.kind];
    if (other)
      losses.add(other, 'This format holds marks alone. The Gloss format keeps them.', nameOf(record));
  }
  if (project === null) throw new Error('An export begins with its project');
  const known = project;
  const pages = Math.max(1, Math.ceil(total / PAGE));
  const collection = iriOf(known, 'exports', 'web-annotation');
  const pageIri = (nth: number) => `${known.base === '' ? 'urn:gloss:' : `${collection}/`}page-${nth}`;
  const id = known.base === '' ? `urn:uuid:${known.id}` : collection;
  async function* entries(): AsyncGenerator<ZipEntry> {
    const head = {
      '@context': CONTEXT,
      id,
      type: 'AnnotationCollection',
      label: known.name,
      modified: known.exported,
      total,
      first: pageIri(1),
      last: pageIri(pages),
    };
    yield { path: 'collection.jsonld', content: one(JSON.stringify(head, null, 2)) };
    const items = annotationsOf(read, losses);
    for (let nth = 1; nth <= pages; nth += 1) {
      const page = {
        '@context': CONTEXT,
        id: pageIri(nth),
        type: 'AnnotationPage',
        partOf: { id, type: 'AnnotationCollection', label: known.name, total, modified: known.exported },
        startIndex: (nth - 1) * PAGE,
        ...(nth > 1 && { prev: pageIri(nth - 1) }),
        ...(nth < pages && { next: pageIri(nth + 1) }),
      };
      yield { path: `page-${String(nth).padStart(4, '0')}.jsonld`, content: pageOf(page, items) };
    }
  }
  yield* zipped(entries(), known.exported);
}

function nameOf(record: object): string {
  const thing = Object.values(record)[1] as Record<string, unknown>;
  return String(thing.wording ?? thing.title ?? thing.name ?? '');
}

async function* one(text: string): AsyncGenerator<string> {
  yield text;
}

async function* pageOf(head: object, items: AsyncGenerator<string>): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"items":[`;
  for (let nth = 0; nth < PAGE; nth += 1) {
    const next = await items.next();
    if (next.done) break;
    yield `${nth > 0 ? ',' : ''}\n${next.value}`;
  }
  yield '\n]}\n';
}

async function* annotationsOf(read: ReadRecords, losses: Losses): AsyncGenerator<string> {
  const codes = new Map<string, string>();
  let project: Project | null = null;
  let place: Place | null = null;
  for await (const record of read(BEHIND_MARKS)) {
    if (record.kind === 'project') project = record;
    else if (record.kind === 'code') codes.set(record.code.id, record.code.name);
    else if (record.kind === 'source')
      place = { source: record.source, ruler: createRuler(record.text, CODE_POINTS) };
    else if (record.kind === 'annotation' && place && project) {
      countLosses(record.annotation, place, losses);
      yield JSON.stringify(toWebAnnotation(record.annotation, place, project, codes));
    }
  }
}
