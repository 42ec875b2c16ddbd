import { z } from 'zod';
import { Annotation } from '../annotations/annotation';
import { exactOf, spanOf } from '../annotations/span';
import { Claim } from '../claims/claim';
import { Code } from '../codebook/code';
import { AppError } from '../errors';
import { Source } from '../sources/source';
import { type Incoming, nothingComing } from './incoming';
import type { Losses } from './losses';
import type { NoteNode } from './note-tree';
import { noteLines } from './note-words';
import type { ReadRecords } from './record';

/** Counts the changes of this format that an older program could not read. */
const VERSION = 1;

/** All that the exporter may see, a thing a line (JSON), after a line that says what it is. */
export async function* writeGloss(read: ReadRecords, losses: Losses): AsyncGenerator<string> {
  yield `${JSON.stringify({ kind: 'gloss', version: VERSION })}\n`;
  for await (const record of read()) {
    if (record.kind === 'source' && record.source.text.version > 1)
      losses.add('Earlier versions of texts', 'Only the text as it is now is exported.', record.source.title);
    yield `${JSON.stringify(record)}\n`;
  }
}

const Node: z.ZodType<NoteNode> = z.lazy(() =>
  z.looseObject({
    type: z.string(),
    text: z.string().optional(),
    attrs: z.record(z.string(), z.unknown()).optional(),
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
  z.object({ kind: z.literal('code'), code: Code }),
  z.object({ kind: z.literal('status') }),
  z.object({ kind: z.literal('speaker'), speaker: z.looseObject({ name: z.string() }) }),
  z.object({ kind: z.literal('source'), source: Source, text: z.string() }),
  z.object({ kind: z.literal('annotation'), annotation: Annotation }),
  z.object({ kind: z.literal('claim'), claim: Claim }),
  z.object({
    kind: z.literal('note'),
    note: z.looseObject({ id: z.string(), title: z.string() }),
    content: z.array(Node),
    passages: z.record(z.string(), Cited),
    names: z.record(z.string(), z.string()),
  }),
  z.object({ kind: z.literal('thread'), thread: z.looseObject({ id: z.string() }) }),
  z.object({ kind: z.literal('follow-up'), followUp: z.looseObject({ wording: z.string() }) }),
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
  if (line.kind === 'code') {
    const { id, name, definition, whenToUse, whenNot, colour, parentId } = line.code;
    coming.codes.push({ key: id, name, definition, whenToUse, whenNot, colour, parent: parentId });
  } else if (line.kind === 'source') {
    const { id, title, url, byline, siteName, publishedAt, language, text } = line.source;
    versions.set(id, text.version);
    coming.sources.push({ key: id, title, url, byline, siteName, publishedAt, language, text: line.text });
  } else if (line.kind === 'annotation') takeAnnotation(line.annotation, coming, versions, losses);
  else if (line.kind === 'claim') {
    const { id, wording, status, confidence, tags, evidence } = line.claim;
    const passages = evidence.map(({ id: key, annotationId, stance, note }) => ({
      key,
      annotation: annotationId,
      stance,
      note,
    }));
    coming.claims.push({ key: id, wording, status, confidence, tags, evidence: passages });
  } else if (line.kind === 'note')
    coming.notes.push({ key: line.note.id, title: line.note.title, paragraphs: noteLines(line) });
  else if (line.kind === 'thread')
    losses.add('Discussions', 'What others said stays theirs: it does not come in.', line.thread.id);
  else if (line.kind === 'follow-up')
    losses.add('Follow-ups', 'They are given to people of the other project.', line.followUp.wording);
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
  const { quote } = annotation;
  coming.annotations.push({
    key: annotation.id,
    source: annotation.sourceId,
    url: null,
    ...{ start, end, exact, prefix, suffix },
    motivation: annotation.motivation,
    body: annotation.body?.value ?? null,
    codes: annotation.codeIds,
    quote,
    creator: annotation.creator.name,
    created: annotation.created,
  });
}

/** What a file of ours holds. @throws AppError invalid where it is none, or one of a later program. */
export function readGloss(text: string, losses: Losses): Incoming {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const head = readLine(lines[0] ?? '', 1);
  if (head.kind !== 'gloss') throw new AppError('invalid', 'This is no export of Gloss.');
  if (head.version > VERSION)
    throw new AppError('invalid', 'A later Gloss made this file. Bring this one up to date first.');
  const coming = nothingComing();
  const versions: Versions = new Map();
  for (const [nth, line] of lines.entries()) {
    if (nth > 0 && line.trim() !== '') take(readLine(line, nth + 1), coming, versions, losses);
  }
  return coming;
}
