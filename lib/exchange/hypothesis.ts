import { z } from 'zod';
import { spanOf } from '../annotations/span';
import { AppError } from '../errors';
import { idOfIri, iriOf } from './addresses';
import { type Incoming, nothingComing } from './incoming';
import type { Losses } from './losses';
import type { ReadRecords, RecordOf } from './record';

type Annotation = RecordOf<'annotation'>['annotation'];
type Project = RecordOf<'project'>;
type Source = RecordOf<'source'>['source'];

/** An account's name as Hypothesis allows it. */
const account = (name: string) =>
  `acct:${
    name
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9._]+/g, '_')
      .slice(0, 30) || 'someone'
  }@gloss`;

function toRow(annotation: Annotation, source: Source, project: Project, codes: ReadonlyMap<string, string>) {
  const { start, end } = spanOf(annotation);
  const uri = source.url ?? iriOf(project, 'sources', source.id);
  const user = account(annotation.creator.name);
  const isPlaced = annotation.version === source.text.version;
  return {
    id: annotation.id,
    created: annotation.created,
    updated: annotation.modified,
    user,
    user_info: { display_name: annotation.creator.name },
    uri,
    text: annotation.body?.value ?? '',
    tags: annotation.codeIds.flatMap((id) => codes.get(id) ?? []),
    group: '__world__',
    permissions: { read: [user], admin: [user], update: [user], delete: [user] },
    target: [
      {
        source: uri,
        // Hypothesis counts UTF-16 units, as we do.
        selector: [
          ...(isPlaced ? [{ type: 'TextPositionSelector', start, end }] : []),
          annotation.selector[1],
        ],
      },
    ],
    document: { title: [source.title] },
    references: [],
    links: {},
    hidden: false,
    flagged: false,
  };
}

/** The annotations of a project in the shape of a file that the Hypothesis client exports and imports. */
export async function* writeHypothesis(read: ReadRecords, losses: Losses): AsyncGenerator<string> {
  const codes = new Map<string, string>();
  let project: Project | null = null;
  let source: Source | null = null;
  let nth = 0;
  for await (const record of read()) {
    if (record.kind === 'project') {
      project = record;
      yield `{"export_date":${JSON.stringify(record.exported)},"export_userid":"acct:gloss@gloss","client_version":"1.0","annotations":[`;
    } else if (record.kind === 'code') codes.set(record.code.id, record.code.name);
    else if (record.kind === 'source') {
      source = record.source;
      if (source.url === null)
        losses.add(
          'Sources without an address',
          'Hypothesis marks pages of the web: these marks lead nowhere.',
          source.title,
        );
    } else if (record.kind === 'annotation' && source && project) {
      const { annotation } = record;
      if (annotation.quote)
        losses.add(
          'Who is quoted, and how',
          'A mark of Hypothesis has words and tags only.',
          annotation.selector[1].exact,
        );
      yield `${nth > 0 ? ',' : ''}\n${JSON.stringify(toRow(annotation, source, project, codes))}`;
      nth += 1;
    } else if (record.kind === 'claim')
      losses.add('Claims', 'Hypothesis has none. The Gloss format keeps them.', record.claim.wording);
    else if (record.kind === 'note')
      losses.add('Notes', 'Hypothesis has none. Markdown keeps them.', record.note.title);
    else if (record.kind === 'thread')
      losses.add('Discussions', 'Only marks are exported. The Gloss format keeps them.', record.thread.id);
  }
  yield '\n]}\n';
}

const Row = z.looseObject({
  id: z.string().max(200),
  uri: z.string().max(4_000),
  text: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  user: z.string().nullish(),
  user_info: z.looseObject({ display_name: z.string().nullish() }).nullish(),
  created: z.string().nullish(),
  references: z.array(z.string()).nullish(),
  target: z
    .array(z.looseObject({ selector: z.array(z.looseObject({ type: z.string() })).nullish() }))
    .nullish(),
});

const rowsOf = (document: unknown): unknown[] => {
  if (Array.isArray(document)) return document;
  const { annotations, rows } = (document ?? {}) as { annotations?: unknown; rows?: unknown };
  if (Array.isArray(annotations)) return annotations;
  if (Array.isArray(rows)) return rows;
  throw new AppError('invalid', 'This JSON has no list of annotations, as an export of Hypothesis has.');
};

/** What a file or answer of Hypothesis holds; the pages have to be in the project. @throws AppError invalid where it is none. */
export function readHypothesis(document: unknown, losses: Losses): Incoming {
  const coming = nothingComing();
  for (const item of rowsOf(document)) {
    const row = Row.safeParse(item);
    if (!row.success) {
      losses.add(
        'Marks that can’t be read',
        'They lack an id or an address.',
        JSON.stringify(item).slice(0, 80),
      );
      continue;
    }
    const { id, uri, text, tags, references, target, user, user_info, created } = row.data;
    const quote = target?.[0]?.selector?.find(({ type }) => type === 'TextQuoteSelector');
    const exact = typeof quote?.exact === 'string' ? quote.exact : '';
    if ((references ?? []).length > 0) {
      losses.add('Replies', 'A reply is no mark; it stays where it is.', text ?? id);
      continue;
    }
    if (exact === '') {
      losses.add(
        'Notes on whole pages',
        'A mark comes in by the words it stands on; these name none.',
        text || uri,
      );
      continue;
    }
    const codes = (tags ?? []).map((tag) => tag.trim()).filter(Boolean);
    coming.annotations.push({
      key: id,
      source: null,
      url: /^(urn:uuid:|.*\/sources\/)/.test(uri) ? idOfIri(uri) : uri,
      ...{ start: null, end: null, exact },
      prefix: typeof quote?.prefix === 'string' ? quote.prefix : '',
      suffix: typeof quote?.suffix === 'string' ? quote.suffix : '',
      motivation: codes.length > 0 ? 'classifying' : text?.trim() ? 'commenting' : 'highlighting',
      body: text?.trim() || null,
      codes: codes.map((name) => `#${name}`),
      quote: null,
      creator: user_info?.display_name ?? user?.replace(/^acct:|@.*$/g, '') ?? '',
      created: created ?? null,
    });
  }
  return coming;
}
