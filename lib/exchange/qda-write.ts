import { spanOf } from '../annotations/span';
import { once } from './bytes';
import type { ExportProfile } from './formats';
import { derivedId, guid } from './guids';
import type { Losses } from './losses';
import { noteLines } from './note-words';
import { CODE_POINTS, type Counting, createRuler } from './offsets';
import { codesXml } from './qda-codebook';
import { fileOf, pdfOf, representationOf, usersXml } from './qda-parts';
import { BEHIND_MARKS, type ReadRecords, type RecordOf, WITH_MARKS } from './record';
import { attributes, xmlText } from './xml';
import { type ZipEntry, zipped } from './zip';

type Code = RecordOf<'code'>['code'];
type Source = RecordOf<'source'>['source'];
type Annotation = RecordOf<'annotation'>['annotation'];

/** How the program counts that a profile is for: see decision 29. */
export const COUNTED: Record<ExportProfile, Counting> = {
  standard: CODE_POINTS,
  crlf: CODE_POINTS,
  nvivo: { unit: 'utf-16', lineEnd: 2, before: 0 },
};

/** What is said of a source beside its name, as variables of it. */
export const VARIABLES = {
  url: 'Address',
  byline: 'Byline',
  siteName: 'Site',
  publishedAt: 'Published',
  language: 'Language',
} as const;
export type VariableKey = keyof typeof VARIABLES;
export const VARIABLE_KEYS = Object.keys(VARIABLES) as VariableKey[];
const variableId = (projectId: string, key: string) => guid(derivedId(projectId, `variable ${key}`));

/** What the first reading finds: all that has to stand before the sources. */
type Front = {
  project: RecordOf<'project'>;
  codes: Code[];
  people: Map<string, string>;
  variables: Set<VariableKey>;
  sources: number;
  hasNotes: boolean;
  hasLinks: boolean;
};

async function readFront(read: ReadRecords): Promise<Front> {
  const front = {
    codes: [] as Code[],
    people: new Map<string, string>(),
    variables: new Set<VariableKey>(),
    sources: 0,
    hasNotes: false,
    hasLinks: false,
  };
  let project: RecordOf<'project'> | null = null;
  for await (const record of read(['thread', 'follow-up'])) {
    if (record.kind === 'project') project = record;
    else if (record.kind === 'code') front.codes.push(record.code);
    else if (record.kind === 'source') {
      front.sources += 1;
      for (const key of VARIABLE_KEYS) if (record.source[key]) front.variables.add(key);
      front.people.set(record.source.creator.id, record.source.creator.name);
    } else if (record.kind === 'annotation') {
      front.people.set(record.annotation.creator.id, record.annotation.creator.name);
    } else if (record.kind === 'claim') {
      front.hasNotes = true;
      if (record.claim.evidence.length > 0) front.hasLinks = true;
      front.people.set(record.claim.creator.id, record.claim.creator.name);
    } else if (record.kind === 'note') front.hasNotes = true;
  }
  if (project === null) throw new Error('An export begins with its project');
  return { ...front, project };
}

function selectionXml(
  annotation: Annotation,
  ruler: ReturnType<typeof createRuler>,
  codes: ReadonlySet<string>,
): string {
  const { start, end } = spanOf(annotation);
  const made = { creatingUser: guid(annotation.creator.id), creationDateTime: annotation.created };
  const exact = annotation.selector[1].exact.replace(/\s+/g, ' ');
  const tag = {
    guid: guid(annotation.id),
    name: exact.length > 100 ? `${exact.slice(0, 99).toWellFormed()}…` : exact,
    startPosition: ruler.out(start),
    endPosition: ruler.out(end),
    ...made,
    modifiedDateTime: annotation.modified,
  };
  const codings = annotation.codeIds
    .filter((id) => codes.has(id))
    .map((id) => {
      const coding = attributes({ guid: guid(derivedId(annotation.id, `coding ${id}`)), ...made });
      return `<Coding${coding}><CodeRef targetGUID="${guid(id)}"/></Coding>`;
    });
  const body = annotation.body ? `<Description>${xmlText(annotation.body.value)}</Description>` : '';
  return `<PlainTextSelection${attributes(tag)}>${body}${codings.join('')}</PlainTextSelection>`;
}

function countLosses(annotation: Annotation, losses: Losses): void {
  const exact = annotation.selector[1].exact;
  if (annotation.quote !== null)
    losses.add('Who is quoted, and how', 'A passage of this format has codes and a description only.', exact);
  if (!['classifying', 'highlighting'].includes(annotation.motivation) && annotation.codeIds.length === 0)
    losses.add('What kind of mark it is', 'A passage without a code comes back as a highlight.', exact);
}

function variableValues(source: Source, projectId: string): string {
  return VARIABLE_KEYS.flatMap((key) => {
    const value = source[key];
    if (!value) return [];
    const reference = `<VariableRef targetGUID="${variableId(projectId, key)}"/>`;
    return `<VariableValue>${reference}<TextValue>${xmlText(value)}</TextValue></VariableValue>`;
  }).join('');
}

async function* sourcesXml(read: ReadRecords, front: Front, profile: ExportProfile, losses: Losses) {
  const codes = new Set(front.codes.map(({ id }) => id));
  let open: { source: Source; isPdf: boolean; ruler: ReturnType<typeof createRuler> } | null = null;
  const close = () => {
    if (open === null) return '';
    const values = variableValues(open.source, front.project.id);
    return open.isPdf ? `</Representation>${values}</PDFSource>` : `${values}</TextSource>`;
  };
  for await (const record of read(BEHIND_MARKS)) {
    if (record.kind === 'source') {
      yield close();
      const { source, text } = record;
      const isPdf = record.pdf !== undefined;
      open = { source, isPdf, ruler: createRuler(text, COUNTED[profile]) };
      if (profile === 'standard' && /[\ud800-\udbff]/.test(text))
        losses.add(
          'Places in texts with signs beyond the basic plane',
          'NVivo may count them twice. Choose the NVivo profile for it.',
          source.title,
        );
      const made = {
        creatingUser: guid(source.creator.id),
        creationDateTime: source.created,
        modifiedDateTime: source.modified,
      };
      const [id, name] = [guid(source.id), source.title];
      const said = { name, plainTextPath: `internal://${fileOf(source.id)}`, ...made };
      if (isPdf) {
        // Passages of a PDF's text stand in what it says, which has an id of its own.
        const file = { guid: id, name, path: `internal://${fileOf(source.id, 'pdf')}`, ...made };
        yield `<PDFSource${attributes(file)}><Representation${attributes({ guid: representationOf(source.id), ...said })}>`;
      } else yield `<TextSource${attributes({ guid: id, ...said })}>`;
    } else if (record.kind === 'annotation' && open) {
      const { annotation } = record;
      if (annotation.version !== open.source.text.version) {
        const why = 'They have no certain place in the text as it is now. Decide where they stand first.';
        losses.add('Marks without a place', why, annotation.selector[1].exact);
        continue;
      }
      countLosses(annotation, losses);
      yield selectionXml(annotation, open.ruler, codes);
    }
  }
  yield close();
}

async function* notesXml(read: ReadRecords): AsyncGenerator<string> {
  for await (const record of read([...WITH_MARKS, 'thread', 'follow-up'])) {
    if (record.kind === 'claim') {
      const { claim } = record;
      const words = [
        claim.wording,
        `Status: ${claim.status}`,
        ...(claim.tags.length > 0 ? [`Tags: ${claim.tags.join(', ')}`] : []),
        ...claim.evidence.flatMap(({ stance, note }) => (note ? [`${stance}: ${note}`] : [])),
      ];
      const made = { creatingUser: guid(claim.creator.id), creationDateTime: claim.created };
      yield noteXml(claim.id, `Claim: ${claim.wording}`, words.join('\n'), made);
    } else if (record.kind === 'note') {
      yield noteXml(record.note.id, record.note.title, noteLines(record).join('\n'), {
        creationDateTime: record.note.created,
      });
    }
  }
}

function noteXml(id: string, name: string, text: string, made: Record<string, string>): string {
  const content = `<PlainTextContent>${xmlText(text)}</PlainTextContent>`;
  return `<Note${attributes({ guid: guid(id), name: name.slice(0, 200).toWellFormed(), ...made })}>${content}</Note>`;
}

async function* linksXml(read: ReadRecords, losses: Losses): AsyncGenerator<string> {
  const placed = new Set<string>();
  let version = 0;
  for await (const record of read(['note'])) {
    if (record.kind === 'source') version = record.source.text.version;
    else if (record.kind === 'annotation' && record.annotation.version === version)
      placed.add(record.annotation.id);
    else if (record.kind === 'thread')
      losses.add('Discussions', 'This format has no replies. The Gloss format keeps them.', record.thread.id);
    else if (record.kind === 'follow-up')
      losses.add(
        'Follow-ups',
        'This format has no tasks. The Gloss format keeps them.',
        record.followUp.wording,
      );
    else if (record.kind === 'pass')
      losses.add('Rounds of coding', 'This format has none. The Gloss format keeps them.', record.pass.name);
    else if (record.kind === 'variable')
      losses.add('Variables', 'The Gloss format keeps them.', record.variable.name);
    else if (record.kind === 'claim') {
      losses.add(
        'A claim as a thing of its own',
        'It comes out as a note that is linked to its passages.',
        record.claim.wording,
      );
      for (const { id, annotationId, stance, reliability, credibility } of record.claim.evidence) {
        if (reliability !== null || credibility !== null)
          losses.add(
            'How far evidence is trusted',
            'A link of this format has a name and a direction only.',
            record.claim.wording,
          );
        if (!placed.has(annotationId)) continue;
        const tag = {
          guid: guid(id),
          name: stance,
          direction: 'OneWay',
          originGUID: guid(record.claim.id),
          targetGUID: guid(annotationId),
        };
        yield `<Link${attributes(tag)}/>`;
      }
    }
  }
}

/** The pieces with their element around them; nothing at all where there are none, as it may not be empty. */
async function* wrapped(name: string, pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let begun = false;
  for await (const piece of pieces) {
    if (piece === '') continue;
    if (!begun) yield `<${name}>`;
    begun = true;
    yield piece;
  }
  if (begun) yield `</${name}>`;
}

async function* projectXml(read: ReadRecords, front: Front, profile: ExportProfile, losses: Losses) {
  const { project, codes, people, variables } = front;
  yield '<?xml version="1.0" encoding="utf-8"?>\n';
  yield `<Project${attributes({
    xmlns: 'urn:QDA-XML:project:1.0',
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation':
      'urn:QDA-XML:project:1.0 http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd',
    name: project.name,
    origin: 'Gloss',
    creationDateTime: project.exported,
  })}>`;
  yield usersXml(people);
  if (codes.length > 0) {
    yield '<CodeBook>';
    yield* codesXml(codes, losses);
    yield '</CodeBook>';
  }
  if (variables.size > 0) {
    yield '<Variables>';
    for (const key of variables)
      yield `<Variable${attributes({ guid: variableId(project.id, key), name: VARIABLES[key], typeOfVariable: 'Text' })}/>`;
    yield '</Variables>';
  }
  yield* wrapped('Sources', sourcesXml(read, front, profile, losses));
  yield* wrapped('Notes', notesXml(read));
  yield* wrapped('Links', linksXml(read, losses));
  yield '</Project>\n';
}

/** A project as QDPX (REFI-QDA 1.5, `urn:QDA-XML:project:1.0`): `project.qde` and a text file a source. */
export function writeQdpx(
  read: ReadRecords,
  losses: Losses,
  profile: ExportProfile,
): AsyncGenerator<Uint8Array> {
  return (async function* () {
    const front = await readFront(read);
    async function* entries(): AsyncGenerator<ZipEntry> {
      yield { path: 'project.qde', content: projectXml(read, front, profile, losses) };
      for await (const record of read(['annotation', ...BEHIND_MARKS])) {
        if (record.kind !== 'source') continue;
        const lines = profile === 'standard' ? record.text : record.text.replaceAll('\n', '\r\n');
        const text = profile === 'nvivo' ? `\ufeff${lines}` : lines;
        yield { path: `sources/${fileOf(record.source.id)}`, content: once(text) };
        if (record.pdf)
          yield { path: `sources/${fileOf(record.source.id, 'pdf')}`, content: pdfOf(record.pdf) };
      }
    }
    yield* zipped(entries(), front.project.exported);
  })();
}
