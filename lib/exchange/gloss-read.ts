import { z } from 'zod';
import { AgreementRecord, Decision } from '../adjudication/decision';
import { Annotation } from '../annotations/annotation';
import { exactOf, spanOf } from '../annotations/span';
import { Claim } from '../claims/claim';
import { ClaimStatus } from '../claims/status';
import { Code } from '../codebook/code';
import { NoteSignOff } from '../coverage/sign-off';
import { AppError } from '../errors';
import { FollowUp } from '../follow-ups/follow-up';
import { Id } from '../ids';
import { Note } from '../notes/note';
import { Pass } from '../passes/pass';
import { arePlacesIn, PdfPlaces } from '../sources/pdf-places';
import { Source } from '../sources/source';
import { Speaker } from '../speakers/speaker';
import { Thread } from '../threads/thread';
import { Variable } from '../variables/variable';
import { GLOSS_VERSION } from './gloss';
import { type Incoming, nothingComing } from './incoming';
import type { Losses } from './losses';
import type { NoteNode } from './note-tree';

const Attributes = z.record(z.string(), z.unknown());
const Node: z.ZodType<NoteNode> = z.lazy(() =>
  z.object({
    type: z.string().max(60),
    text: z.string().optional(),
    attrs: Attributes.optional(),
    marks: z.array(z.object({ type: z.string().max(60), attrs: Attributes.optional() })).optional(),
    content: z.array(Node).optional(),
  }),
) as z.ZodType<NoteNode>;
const Cited = z.object({
  exact: z.string(),
  speaker: z.string(),
  sourceId: z.string(),
  sourceTitle: z.string(),
  url: z.string(),
});
const Line = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('gloss'), version: z.int() }),
  z.object({ kind: z.literal('project'), name: z.string() }),
  z.object({ kind: z.literal('person'), person: z.object({ id: Id, name: z.string(), email: z.string() }) }),
  z.object({ kind: z.literal('code'), code: Code }),
  z.object({ kind: z.literal('status'), status: ClaimStatus }),
  z.object({ kind: z.literal('speaker'), speaker: Speaker }),
  z.object({
    kind: z.literal('variable'),
    variable: Variable,
    values: z.array(z.object({ subjectId: Id, value: z.string() })),
  }),
  z.object({
    kind: z.literal('source'),
    source: Source,
    text: z.string(),
    html: z.string().default(''),
  }),
  z.object({ kind: z.literal('annotation'), annotation: Annotation }),
  z.object({ kind: z.literal('claim'), claim: Claim }),
  z.object({
    kind: z.literal('note'),
    note: Note,
    content: z.array(Node),
    passages: z.record(z.string(), Cited),
    names: z.record(z.string(), z.string()),
    signOffs: z.array(NoteSignOff).default([]),
  }),
  z.object({ kind: z.literal('thread'), thread: Thread }),
  z.object({ kind: z.literal('follow-up'), followUp: FollowUp }),
  z.object({
    kind: z.literal('pass'),
    pass: Pass,
    decisions: z.array(Decision).default([]),
    agreement: z.array(AgreementRecord).default([]),
  }),
  z.object({
    kind: z.literal('file'),
    sourceId: Id,
    contentType: z.string().max(100),
    hash: z.string().regex(/^[\da-f]{64}$/),
    places: PdfPlaces,
    bytes: z.base64(),
  }),
]);
type Line = z.output<typeof Line>;

function readLine(text: string, nth: number): Line {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid', `Line ${nth} is not valid JSON. Export the project again.`, { cause });
  }
  const line = Line.safeParse(value);
  if (line.success) return line.data;
  const [issue] = line.error.issues;
  throw new AppError('invalid', `Line ${nth}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

type Versions = Map<string, number>;

function take(line: Line, coming: Incoming, versions: Versions, losses: Losses): void {
  switch (line.kind) {
    case 'person':
      coming.people.push(line.person);
      break;
    case 'code':
      takeCode(line.code, coming, losses);
      break;
    case 'status':
      coming.statuses.push(line.status);
      break;
    case 'speaker':
      coming.speakers.push(line.speaker);
      break;
    case 'variable': {
      const { id: key, of, name, kind, choices } = line.variable;
      const values = line.values.map(({ subjectId, value }) => ({ subject: subjectId, value }));
      coming.variables.push({ key, of, name, kind, choices, values });
      break;
    }
    case 'source':
      takeSource(line, coming, versions);
      break;
    case 'annotation':
      takeAnnotation(line.annotation, coming, versions, losses);
      break;
    case 'claim':
      coming.claims.push(line.claim);
      break;
    case 'note': {
      const { note, content, passages, names, signOffs } = line;
      const { id: key, title, sourceId: source } = note;
      coming.notes.push({ key, title, source, content, passages, names, signOffs });
      break;
    }
    case 'thread':
      coming.threads.push(line.thread);
      break;
    case 'follow-up':
      coming.followUps.push(line.followUp);
      break;
    case 'pass':
      coming.passes.push(line);
      break;
    case 'file':
      takeFile(line, coming, losses);
      break;
    default:
  }
}

/** Bytes of the longest PDF that is read back. */
const LONGEST_PDF = 50 * 1_048_576;

/** A file follows its source. What can't be its source's is counted, and the text comes in all the same. */
function takeFile(
  { sourceId, contentType, hash, places, bytes }: Extract<Line, { kind: 'file' }>,
  coming: Incoming,
  losses: Losses,
): void {
  const source = coming.sources.at(-1);
  const letters = bytes.length <= (LONGEST_PDF / 3) * 4 + 4 ? atob(bytes) : '';
  const fits =
    source?.key === sourceId &&
    contentType === 'application/pdf' &&
    letters.startsWith('%PDF-') &&
    arePlacesIn(places, source.text);
  if (!fits) {
    losses.add('PDF files', 'They are no PDF of the text before them.', source?.title ?? sourceId);
    return;
  }
  const pdf = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  source.pdf = { contentType, hash, places, bytes: pdf };
}

function takeCode(code: Code, coming: Incoming, losses: Losses): void {
  const { id, name, definition, whenToUse, whenNot, colour, parentId, exampleIds, memoNoteId } = code;
  const place = { parent: parentId, examples: exampleIds, memo: memoNoteId };
  coming.codes.push({ key: id, name, definition, whenToUse, whenNot, colour, ...place });
  if (code.definitionVersion > 1)
    losses.add('What codes meant before', 'Their words come in as they are now.', name);
}

function takeSource(line: Extract<Line, { kind: 'source' }>, coming: Incoming, versions: Versions): void {
  const { id, title, url, canonicalUrl, byline, siteName, publishedAt, language, text } = line.source;
  versions.set(id, text.version);
  coming.sources.push({
    ...{ key: id, title, url, canonicalUrl, byline, siteName, publishedAt, language },
    ...{ text: line.text, html: line.html, derivesFrom: line.source.derivesFrom },
  });
}

function takeAnnotation(annotation: Annotation, coming: Incoming, versions: Versions, losses: Losses): void {
  if (annotation.version !== versions.get(annotation.sourceId)) {
    losses.add(
      'Marks without a place',
      'They have no certain place in the text that comes in.',
      exactOf(annotation),
    );
    return;
  }
  const { start, end } = spanOf(annotation);
  const [, { exact, prefix, suffix }] = annotation.selector;
  coming.annotations.push({
    key: annotation.id,
    source: annotation.sourceId,
    url: null,
    ...{ start, end, exact, prefix, suffix },
    motivation: annotation.motivation,
    body: annotation.body?.value ?? null,
    codes: annotation.codeIds,
    quote: annotation.quote,
    creator: annotation.creator.name,
    creatorKey: annotation.creator.id,
    created: annotation.created,
    pass: annotation.passId === null ? null : { key: annotation.passId, coder: annotation.coderId },
  });
}

/** What a file of ours holds. @throws AppError invalid where it is none, or one of a later program. */
export function readGloss(text: string, losses: Losses): Incoming {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const head = readLine(lines[0] ?? '', 1);
  if (head.kind !== 'gloss') throw new AppError('invalid', 'This is no export of Gloss.');
  if (head.version > GLOSS_VERSION)
    throw new AppError('invalid', 'A later Gloss made this file. Bring this one up to date first.');
  const coming = nothingComing();
  const versions: Versions = new Map();
  for (const [nth, line] of lines.entries()) {
    if (nth > 0 && line.trim() !== '') take(readLine(line, nth + 1), coming, versions, losses);
  }
  return coming;
}
