import { exactOf } from '../annotations/span';
import { titleAt } from '../sources/page-at';
import { type Story, writeDocx } from './docx';
import { quotedRuns, writeNote } from './docx-note';
import { type Pen, paragraph, run } from './docx-pen';
import { readThreads, type Threads, talksAbout } from './docx-talk';
import type { Losses } from './losses';
import { BEHIND_MARKS, type CitedPassage, type ReadRecords, type RecordOf, WITH_MARKS } from './record';

type Passages = ReadonlyMap<string, CitedPassage>;
type Project = RecordOf<'project'>;

/** The passages that claims rest on, with where they stand. */
async function readEvidence(read: ReadRecords): Promise<Passages> {
  const wanted = new Set<string>();
  for await (const record of read([...WITH_MARKS, 'note', 'thread', 'follow-up']))
    if (record.kind === 'claim')
      for (const { annotationId } of record.claim.evidence) wanted.add(annotationId);
  const found = new Map<string, CitedPassage>();
  if (wanted.size === 0) return found;
  let source: RecordOf<'source'>['source'] | null = null;
  for await (const record of read(BEHIND_MARKS)) {
    if (record.kind === 'source') source = record.source;
    if (record.kind !== 'annotation' || source === null || !wanted.has(record.annotation.id)) continue;
    const { annotation } = record;
    found.set(annotation.id, {
      ...{ exact: exactOf(annotation), speaker: annotation.quote?.speaker ?? '', sourceId: source.id },
      ...{ sourceTitle: titleAt(source, annotation), url: source.url ?? '' },
    });
  }
  return found;
}

/** A heading with the talks about what it names beside it. */
export function titled(pen: Pen, title: string, level: number, talks: Parameters<Pen['comment']>[0]): void {
  const { start, end } = pen.comment(talks);
  pen.write(paragraph(start + run(title) + end, { style: `Heading${level}` }));
}

/** What the document is called, and when it was made. */
export function opening({ name, exported }: Project): string {
  const when = run(`Exported from Gloss on ${exported.slice(0, 10)}`);
  return paragraph(run(name), { style: 'Title' }) + paragraph(when, { style: 'Subtitle' });
}

function writeClaim(
  { claim }: RecordOf<'claim'>,
  status: string,
  passages: Passages,
  { pen, threads, losses }: { pen: Pen; threads: Threads; losses: Losses },
): void {
  titled(pen, claim.wording, 2, talksAbout(threads, claim.id, losses));
  pen.write(paragraph(run(status, { marks: ['bold'] })));
  for (const { annotationId, stance, note } of claim.evidence) {
    const passage = passages.get(annotationId);
    if (passage === undefined) {
      losses.add('Evidence that is not to be seen', 'It was removed, or you may not see it.', claim.wording);
      continue;
    }
    const words = run(`${stance}: `, { marks: ['bold'] }) + quotedRuns(passage, pen);
    pen.write(paragraph(words + run(note ? ` ${note}` : ''), { list: { id: pen.list(false), level: 0 } }));
  }
}

function countLost(record: { kind: string } & Record<string, unknown>, losses: Losses): void {
  const { followUp } = record as Partial<RecordOf<'follow-up'>>;
  const { code } = record as Partial<RecordOf<'code'>>;
  const { thread } = record as Partial<RecordOf<'thread'>>;
  if (followUp)
    losses.add('Follow-ups', 'A document is for readers. The Gloss format keeps them.', followUp.wording);
  if (code) losses.add('What codes mean', 'The REFI-QDA codebook has it.', code.name);
  if (thread && !thread.noteId && !thread.claimId)
    losses.add(
      'Discussions of passages, codes and sources',
      'Those of passages are in the texts with comments; the Gloss format keeps all.',
      thread.comments[0]?.text ?? '',
    );
}

/** The notes and claims of a project as one Word document: citations in footnotes, discussions as comments. */
export async function* writeDocxReport(
  read: ReadRecords,
  losses: Losses,
  made: string,
): AsyncGenerator<Uint8Array> {
  const threads = await readThreads(read);
  const passages = await readEvidence(read);
  const story: Story = async function* (pen, lost) {
    const statuses = new Map<string, string>();
    let section = '';
    const begin = (name: string) => {
      if (section !== name) pen.write(paragraph(run(name), { style: 'Heading1' }));
      section = name;
    };
    // What was written stands before what it rests on; a project tells it the other way round.
    for await (const record of read([...WITH_MARKS, 'claim'])) {
      if (record.kind === 'project') pen.write(opening(record));
      else if (record.kind === 'note') {
        begin('Notes');
        titled(pen, record.note.title, 2, talksAbout(threads, record.note.id, lost));
        writeNote(record, pen, threads, lost);
      } else countLost(record, lost);
      yield;
    }
    for await (const record of read([...WITH_MARKS, 'note', 'thread', 'follow-up'])) {
      if (record.kind === 'status') statuses.set(record.status.key, record.status.name);
      if (record.kind !== 'claim') continue;
      begin('Claims');
      const status = statuses.get(record.claim.status) ?? record.claim.status;
      writeClaim(record, status, passages, { pen, threads, losses: lost });
      yield;
    }
  };
  yield* writeDocx(story, losses, { title: 'Notes and claims', made });
}
