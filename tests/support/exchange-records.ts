import { unzipSync } from 'fflate';
import { describe as describeSpan } from '@/lib/anchoring/describe';
import type { Annotation } from '@/lib/annotations/annotation';
import { EMPTY_QUOTE } from '@/lib/annotations/attribution';
import type { Evidence } from '@/lib/claims/claim';
import type { Code } from '@/lib/codebook/code';
import type { ExportRecord } from '@/lib/exchange/record';
import type { Source } from '@/lib/sources/source';

const AT = '2026-03-01T10:00:00.000Z';
export const PROJECT = '01890000-0000-7000-8000-000000000001';
const PERSON = { id: '01890000-0000-7000-8000-0000000000aa', name: 'Ada “Q” <Coder> & Co' };

/** An id of version 7 with this number in it. */
export const idOf = (kind: number, nth: number) =>
  `01890000-0000-7000-8${String(kind).padStart(3, '0')}-${String(nth).padStart(12, '0')}`;

const made = { created: AT, modified: AT, revision: 1, deleted: null };

export function codeOf(nth: number, given: Partial<Code> = {}): Code {
  return {
    id: idOf(1, nth),
    projectId: PROJECT,
    name: `Code ${nth}`,
    colour: 'teal',
    ...{ definition: '', whenToUse: '', whenNot: '', parentId: null, rank: `a${nth}`, exampleIds: [] },
    ...{ memoNoteId: null, definitionVersion: 1, mergedInto: null, splitFrom: null },
    ...made,
    ...given,
  };
}

export function sourceOf(nth: number, given: Partial<Source> = {}): Source {
  return {
    id: idOf(2, nth),
    projectId: PROJECT,
    title: `Source ${nth}`,
    ...{ byline: null, siteName: null, publishedAt: null, language: null, url: null, canonicalUrl: null },
    text: { version: 1, hash: 'a'.repeat(64), length: 1, pageStarts: null },
    derivesFrom: [],
    creator: PERSON,
    ...made,
    ...given,
  };
}

export function markOf(
  nth: number,
  source: Source,
  text: string,
  span: { start: number; end: number },
  given: Partial<Annotation> = {},
): Annotation {
  return {
    id: idOf(3, nth),
    projectId: PROJECT,
    sourceId: source.id,
    version: source.text.version,
    creator: PERSON,
    motivation: 'highlighting',
    selector: describeSpan(text, span),
    ...{ body: null, codeIds: [], quote: null, noteIds: [], anchoring: null, passId: null, coderId: null },
    ...made,
    ...given,
  };
}

export const project: ExportRecord = {
  kind: 'project',
  id: PROJECT,
  name: 'Harbour & <co>',
  exported: AT,
  base: 'https://gloss.example',
};

/** A small project with one of each thing, hostile words among them. */
export function smallProject(): ExportRecord[] {
  const text = 'A 😀 harbour.\nThe mayor denied it & left <early>. =1+1 was written.';
  const source = sourceOf(1, {
    title: '=cmd|"x"',
    url: 'https://paper.example/a?b=1&c=2',
    byline: 'R. <b>Porter</b>',
  });
  const codes = [
    codeOf(1, {
      name: 'Denial & <doubt>',
      definition: 'What\n\nis denied',
      whenToUse: 'Often',
      whenNot: 'Never',
    }),
    codeOf(2, { parentId: idOf(1, 1), name: '@sum', colour: 'rose' }),
  ];
  const quoted = markOf(
    1,
    source,
    text,
    { start: 14, end: 34 },
    {
      motivation: 'quoting',
      codeIds: [idOf(1, 1), idOf(1, 2)],
      quote: { ...EMPTY_QUOTE, speaker: '＝Mayor', level: 'on-record' },
    },
  );
  const marked = markOf(
    2,
    source,
    text,
    { start: 54, end: 58 },
    {
      motivation: 'commenting',
      body: { type: 'TextualBody', value: '<script>alert(1)</script>' },
    },
  );
  const evidence: Evidence = {
    ...{ id: idOf(5, 1), claimId: idOf(4, 1), annotationId: quoted.id, sourceId: source.id, origin: null },
    stance: 'disputes',
    reliability: 'B',
    credibility: 2,
    ...{ note: 'She was there', creator: PERSON, created: AT, revision: 1 },
  };
  return [
    project,
    ...codes.map((code) => ({ kind: 'code', code }) as const),
    {
      kind: 'status',
      status: {
        projectId: PROJECT,
        key: 'contradicted',
        name: 'Contradicted',
        colour: 'rose',
        order: 0,
        isOpen: false,
      },
    },
    { kind: 'source', source, text },
    { kind: 'annotation', annotation: quoted },
    { kind: 'annotation', annotation: marked },
    {
      kind: 'claim',
      claim: {
        ...{ id: idOf(4, 1), projectId: PROJECT, wording: 'The mayor was there', status: 'contradicted' },
        confidence: 'high',
        ...{ owner: null, due: null, tags: ['port'], creator: PERSON, signedOff: null },
        ...{ reopened: null, evidence: [evidence] },
        ...made,
      },
    },
    {
      kind: 'note',
      note: {
        ...{ id: idOf(6, 1), projectId: PROJECT, sourceId: null, title: 'My *note*', excerpt: '' },
        ...made,
      },
      content: [
        { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'What was said' }] },
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: '# no heading, ' },
            { type: 'text', text: 'bold', marks: [{ type: 'bold' }] },
            { type: 'quoteChip', attrs: { annotationId: quoted.id } },
            { type: 'quoteChip', attrs: { annotationId: idOf(3, 99) } },
          ],
        },
      ],
      passages: {
        [quoted.id]: {
          exact: quoted.selector[1].exact,
          speaker: '＝Mayor',
          sourceId: source.id,
          sourceTitle: source.title,
          url: source.url ?? '',
        },
      },
      names: {},
    },
  ];
}

/** Records as a project's reader gives them: each call begins again. */
export function reading(records: readonly ExportRecord[]): () => AsyncIterable<ExportRecord> {
  return async function* () {
    yield* records;
  };
}

/** All pieces of a stream in one. */
export async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** All letters of a file, those in an archive too. */
export function lettersOf(bytes: Uint8Array): string {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return new TextDecoder().decode(bytes);
  return Object.values(unzipSync(bytes))
    .map((file) => new TextDecoder().decode(file))
    .join('\n');
}
