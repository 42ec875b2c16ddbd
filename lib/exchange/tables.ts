import { exactOf, spanOf } from '../annotations/span';
import type { Losses } from './losses';
import { BEHIND_MARKS, type ExportRecord, type ReadRecords, type RecordOf, type Skipped } from './record';

/** A table: a name, a head, and how a record becomes rows of it. */
export type Table = {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: () => AsyncGenerator<readonly string[]>;
};

/** What rows are written with: what things are called that stand before them in the stream. */
type Known = {
  codes: Map<string, string>;
  sources: Map<string, string>;
  statuses: Map<string, string>;
  passages: Map<string, { exact: string; source: string }>;
  source: RecordOf<'source'>['source'] | null;
};
type Rows = (record: ExportRecord, known: Known) => string[][];

function quoteRows(record: ExportRecord, { source, codes }: Known): string[][] {
  if (record.kind !== 'annotation' || record.annotation.quote === null) return [];
  const { annotation } = record;
  const { speaker, style, hedges, hedged, level, chain } = record.annotation.quote;
  return [
    [
      speaker,
      exactOf(annotation),
      style,
      hedges.join('; ') || (hedged ? 'hedged' : ''),
      level ?? '',
      chain.map(({ role, label }) => `${role}: ${label}`).join(' ← '),
      source?.title ?? '',
      source?.url ?? '',
      annotation.codeIds.flatMap((id) => codes.get(id) ?? []).join('; '),
      annotation.creator.name,
      annotation.created,
      annotation.id,
    ],
  ];
}

function codingRows(record: ExportRecord, { source, codes }: Known): string[][] {
  if (record.kind !== 'annotation') return [];
  const { annotation } = record;
  const isPlaced = annotation.version === source?.text.version;
  const { start, end } = spanOf(annotation);
  return annotation.codeIds.flatMap((id) => {
    const code = codes.get(id);
    if (code === undefined) return [];
    const place = isPlaced ? [String(start), String(end)] : ['', ''];
    const said = [exactOf(annotation), annotation.body?.value ?? ''];
    const made = [annotation.creator.name, annotation.created, annotation.id];
    return [[code, source?.title ?? '', ...place, ...said, ...made]];
  });
}

function claimRows(record: ExportRecord, { statuses }: Known): string[][] {
  if (record.kind !== 'claim') return [];
  const { id, wording, status, confidence, owner, due, tags, evidence, signedOff, created } = record.claim;
  const count = (stance: string) => String(evidence.filter((one) => one.stance === stance).length);
  return [
    [
      wording,
      statuses.get(status) ?? status,
      confidence ?? '',
      owner?.name ?? '',
      due ?? '',
      tags.join('; '),
      ...['supports', 'disputes', 'context'].map(count),
      signedOff?.by.name ?? '',
      created,
      id,
    ],
  ];
}

function evidenceRows(record: ExportRecord, { passages }: Known): string[][] {
  if (record.kind !== 'claim') return [];
  return record.claim.evidence.map(
    ({ annotationId, stance, reliability, credibility, note, origin, creator, created }) => {
      const passage = passages.get(annotationId);
      const weight = `${reliability ?? ''}${credibility ?? ''}`;
      const said = [
        stance,
        passage?.exact ?? '',
        passage?.source ?? '',
        origin?.label ?? '',
        weight,
        note ?? '',
      ];
      return [record.claim.wording, ...said, creator.name, created, annotationId];
    },
  );
}

function agreementRows(record: ExportRecord, { source, codes }: Known): string[][] {
  if (record.kind !== 'annotation' || source === null) return [];
  const { annotation } = record;
  if (annotation.version !== source.text.version) return [];
  const { start, end } = spanOf(annotation);
  return annotation.codeIds.flatMap((id) => {
    const code = codes.get(id);
    return code === undefined
      ? []
      : [[annotation.creator.name, code, String(start), String(end), `${source.title} (${source.id})`]];
  });
}

const MADE = ['Marked by', 'Marked at', 'Annotation'];
const TABLES: readonly { name: string; head: readonly string[]; rows: Rows }[] = [
  {
    name: 'quotes',
    head: [
      'Who',
      'Said',
      'Given as',
      'Hedges',
      'Level',
      'Came through',
      'Source',
      'Address',
      'Codes',
      ...MADE,
    ],
    rows: quoteRows,
  },
  {
    name: 'codings',
    head: ['Code', 'Source', 'Start', 'End', 'Passage', 'Comment', ...MADE],
    rows: codingRows,
  },
  {
    name: 'claims',
    head: [
      ...['Claim', 'Status', 'Confidence', 'Owner', 'Due', 'Tags'],
      ...['Supports', 'Disputes', 'Context', 'Checked by', 'Made at', 'Id'],
    ],
    rows: claimRows,
  },
  {
    name: 'evidence',
    head: [
      ...['Claim', 'Stance', 'Passage', 'Source', 'Origin', 'Weight', 'Note'],
      ...['Brought by', 'Brought at', 'Annotation'],
    ],
    rows: evidenceRows,
  },
  { name: 'agreement', head: ['coder', 'code', 'start', 'end', 'source'], rows: agreementRows },
];

/** What each table need not be told. */
function skippedBy(rows: Rows): Skipped {
  if (rows === claimRows) return ['source', 'annotation', 'note', 'thread', 'follow-up'];
  return rows === evidenceRows ? ['note', 'thread', 'follow-up'] : BEHIND_MARKS;
}

/** The marks that claims rest on. */
async function evidenceOf(read: ReadRecords): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const record of read(skippedBy(claimRows)))
    if (record.kind === 'claim') for (const { annotationId } of record.claim.evidence) ids.add(annotationId);
  return ids;
}

async function* rowsOf(read: ReadRecords, rows: Rows): AsyncGenerator<string[]> {
  const known: Known = {
    codes: new Map(),
    sources: new Map(),
    statuses: new Map(),
    passages: new Map(),
    source: null,
  };
  const wanted = rows === evidenceRows ? await evidenceOf(read) : new Set();
  for await (const record of read(skippedBy(rows))) {
    if (record.kind === 'code') known.codes.set(record.code.id, record.code.name);
    else if (record.kind === 'status') known.statuses.set(record.status.key, record.status.name);
    else if (record.kind === 'source') known.source = record.source;
    // Only the passages of evidence are looked up again, and only there.
    else if (record.kind === 'annotation' && wanted.has(record.annotation.id))
      known.passages.set(record.annotation.id, {
        exact: exactOf(record.annotation),
        source: known.source?.title ?? '',
      });
    yield* rows(record, known);
  }
}

const LOST: Partial<Record<ExportRecord['kind'], { what: string; why: string }>> = {
  note: { what: 'Notes', why: 'They are no table. Markdown keeps them.' },
  thread: { what: 'Discussions', why: 'They are no table. The Gloss format keeps them.' },
  'follow-up': { what: 'Follow-ups', why: 'They are no table. The Gloss format keeps them.' },
  variable: { what: 'Variables', why: 'They have no table yet. The Gloss format keeps them.' },
  pass: { what: 'Rounds of coding', why: 'They have no table yet. The Gloss format keeps them.' },
};

/** The tables of a project, each read when its turn comes. What they can't hold is counted first. */
export async function tablesOf(read: ReadRecords, losses: Losses): Promise<Table[]> {
  for await (const record of read()) {
    const lost = LOST[record.kind];
    if (lost) losses.add(lost.what, lost.why, record.kind === 'note' ? record.note.title : '');
    if (record.kind === 'annotation' && record.annotation.codeIds.length === 0 && !record.annotation.quote)
      losses.add('Marks without a code', 'The tables have quotes and codings.', exactOf(record.annotation));
  }
  return TABLES.map(({ name, head, rows }) => ({ name, head, rows: () => rowsOf(read, rows) }));
}
