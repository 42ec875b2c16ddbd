import type { Annotation } from '../annotations/annotation';
import { spanOf } from '../annotations/span';
import { type Story, writeDocx } from './docx';
import { type Pen, paragraph, run, type Talk } from './docx-pen';
import { opening, titled } from './docx-report';
import { readThreads, type Threads, talksAbout } from './docx-talk';
import type { Losses } from './losses';
import { MADE, wordsOfMark } from './mark-words';
import { BEHIND_MARKS, type ReadRecords, type RecordOf } from './record';

type Source = RecordOf<'source'>;
/** A mark as far as its comment needs it. */
type Mark = { readonly start: number; readonly end: number; readonly talks: readonly Talk[] };

/**
 * The mark's own words as a comment, what was said of it as replies; a second discussion of it stands as one of its own. A highlight
 * that only holds a discussion says nothing itself, as when a comment of Word came in.
 */
function talksOf(annotation: Annotation, words: string, threads: Threads, losses: Losses): Talk[] {
  const own = { by: annotation.creator.name, at: annotation.created, text: words };
  const [first, ...rest] = talksAbout(threads, annotation.id, losses);
  if (first && words === MADE.highlighting) return [first, ...rest];
  return [{ said: [own, ...(first?.said ?? [])], isResolved: first?.isResolved ?? false }, ...rest];
}

/** A text a line a paragraph, with comments round its marks. */
function* writeText({ text }: Source, marks: readonly Mark[], pen: Pen): Generator<void> {
  const byStart = [...marks].sort((a, b) => a.start - b.start || b.end - a.end);
  let open: { at: number; xml: string }[] = [];
  let [next, from] = [0, 0];
  for (const line of text.split('\n')) {
    const until = from + line.length;
    let [runs, at] = ['', from];
    const wordsTo = (place: number) => {
      runs += run(text.slice(at, place));
      at = Math.max(at, place);
    };
    for (;;) {
      const starts = byStart[next];
      const ends = open[0];
      if (ends && ends.at <= until && (!starts || ends.at <= starts.start)) {
        wordsTo(ends.at);
        runs += ends.xml;
        open.shift();
      } else if (starts && starts.start <= until) {
        wordsTo(starts.start);
        const { start, end } = pen.comment(starts.talks);
        runs += start;
        open = [...open, { at: starts.end, xml: end }].sort((a, b) => a.at - b.at);
        next += 1;
      } else break;
    }
    wordsTo(until);
    pen.write(paragraph(runs));
    from = until + 1;
    yield;
  }
}

function* writeSource(source: Source, marks: readonly Mark[], pen: Pen, talks: Talk[]): Generator<void> {
  const { title, byline, siteName, publishedAt, url } = source.source;
  titled(pen, title, 1, talks);
  const about = [byline, siteName, publishedAt, url].filter(Boolean).join(', ');
  if (about) pen.write(paragraph(run(about), { style: 'Subtitle' }));
  yield* writeText(source, marks, pen);
}

function countLost(record: { kind: string } & Record<string, unknown>, losses: Losses): void {
  const { claim } = record as Partial<RecordOf<'claim'>>;
  const { note } = record as Partial<RecordOf<'note'>>;
  const { followUp } = record as Partial<RecordOf<'follow-up'>>;
  const { thread } = record as Partial<RecordOf<'thread'>>;
  const elsewhere = 'The other Word document has them.';
  if (claim) losses.add('Claims', elsewhere, claim.wording);
  if (note) losses.add('Notes', elsewhere, note.title);
  if (followUp) losses.add('Follow-ups', 'The Gloss format keeps them.', followUp.wording);
  if (thread && (thread.claimId || thread.noteId || thread.codeId))
    losses.add(
      'Discussions of claims, notes and codes',
      'The Gloss format keeps them.',
      thread.comments[0]?.text ?? '',
    );
}

/** The texts of a project as one Word document, each mark a comment by whoever made it, with what was said of it as replies. */
export async function* writeDocxSources(
  read: ReadRecords,
  losses: Losses,
  made: string,
): AsyncGenerator<Uint8Array> {
  const threads = await readThreads(read);
  const story: Story = async function* (pen, lost, part) {
    const codes = new Map<string, string>();
    let source: Source | null = null;
    let marks: Mark[] = [];
    const finish = function* (): Generator<void> {
      if (source !== null)
        yield* writeSource(source, marks, pen, talksAbout(threads, source.source.id, lost));
      [source, marks] = [null, []];
    };
    // The rest is only counted, once.
    for await (const record of read(part === 'document' ? [] : BEHIND_MARKS)) {
      if (record.kind === 'annotation' && source !== null) {
        const { annotation } = record;
        if (annotation.version === (source as Source).source.text.version) {
          const talks = talksOf(annotation, wordsOfMark(annotation, codes), threads, lost);
          marks.push({ ...spanOf(annotation), talks });
        } else
          lost.add(
            'Marks without a place',
            'They have no certain place in the text as it is now.',
            annotation.selector[1].exact,
          );
        continue;
      }
      yield* finish();
      if (record.kind === 'project') pen.write(opening(record));
      else if (record.kind === 'code') codes.set(record.code.id, record.code.name);
      else if (record.kind === 'source') {
        source = record;
        lost.add(
          'How texts are laid out',
          'A paragraph a line. The Gloss format keeps it.',
          record.source.title,
        );
      } else countLost(record, lost);
      yield;
    }
    yield* finish();
  };
  yield* writeDocx(story, losses, { title: 'Texts with comments', made });
}
