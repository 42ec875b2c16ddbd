import { clockTime, cueLines, type VoicedText, voices } from './transcript-cue';

/** What is said from a moment on, by one voice. */
export type Turn = VoicedText & {
  /** Milliseconds from the beginning of the recording. */
  readonly start: number;
};

export type Transcript = {
  readonly title: string | null;
  readonly language: string | null;
  readonly turns: readonly Turn[];
  /** How many notes of whoever made the file were passed over. */
  readonly notes: number;
};

/** A voice that goes on this long (milliseconds) begins a new paragraph, so that a time is never far. */
const LONGEST_TURN = 30_000;
const VTT = /^\ufeff?WEBVTT(?:[ \t][^\n]{0,500})?(?:\n|$)/;
const NUMBER = /^\s{0,9}\d{1,9}\s{0,9}$/;

type Cue = { readonly start: number; readonly lines: readonly string[] };

function linesOf(source: string): string[] {
  return source
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
}

/** Whether a text is one of captions with times, and of which format: WebVTT, or SubRip (SRT). */
export function transcriptKind(source: string): 'vtt' | 'srt' | null {
  if (VTT.test(source.slice(0, 1_000).replace(/\r\n?/g, '\n'))) return 'vtt';
  const [first = '', second = ''] = linesOf(source.slice(0, 1_000).trimStart());
  const begins = clockTime(first) !== null || (NUMBER.test(first) && clockTime(second) !== null);
  return begins ? 'srt' : null;
}

/** The cues of a WebVTT: a blank line ends each; blocks without a time are notes, styles and regions. */
function vttCues(lines: readonly string[]): { cues: Cue[]; notes: number } {
  const cues: Cue[] = [];
  let notes = 0;
  let at = lines.findIndex((line) => line.trim() === '');
  while (at >= 0 && at < lines.length) {
    let end = at;
    while (end < lines.length && lines[end]?.trim() !== '') end += 1;
    const block = lines.slice(at, end);
    const timed = block.findIndex((line, nth) => nth < 2 && clockTime(line) !== null);
    if (timed >= 0)
      cues.push({ start: clockTime(block[timed] as string) ?? 0, lines: block.slice(timed + 1) });
    else if (block.length > 0 && !/^(?:STYLE|REGION)\b/.test(block[0] as string)) notes += 1;
    at = end + 1;
  }
  return { cues, notes };
}

/** The cues of an SRT: each begins at its line of times, as people leave blank lines in them. */
function srtCues(lines: readonly string[]): Cue[] {
  const cues: { start: number; lines: string[] }[] = [];
  lines.forEach((line, at) => {
    const start = clockTime(line);
    const isNumber = NUMBER.test(line) && clockTime(lines[at + 1] ?? '') !== null;
    if (start !== null) cues.push({ start, lines: [] });
    else if (!isNumber) cues.at(-1)?.lines.push(line);
  });
  return cues;
}

/** Captions that scroll say each line again in the next cue: said once is enough. Only files with times in their lines scroll. */
function unrolled(cues: readonly Cue[]): Cue[] {
  let last: string | null = null;
  return cues.map(({ start, lines }) => {
    const plain = cueLines(lines);
    const kept = plain.filter((line) => {
      const isAgain = line === last;
      last = line;
      return !isAgain;
    });
    return { start, lines: kept };
  });
}

function turnsOf(cues: readonly Cue[], kind: 'vtt' | 'srt'): Turn[] {
  const turns: Turn[] = [];
  for (const { start, lines } of cues) {
    for (const { speaker, text } of voices(lines, kind)) {
      const before = turns.at(-1);
      if (before && speaker !== null && before.speaker === speaker && start - before.start < LONGEST_TURN)
        turns[turns.length - 1] = { ...before, text: `${before.text} ${text}` };
      else turns.push({ start, speaker, text });
    }
  }
  return turns;
}

/** Reads captions with times, as `transcriptKind` tells them: a turn for each cue, or for what one voice says on end. */
export function readTranscript(source: string, kind: 'vtt' | 'srt'): Transcript {
  const lines = linesOf(source);
  if (kind === 'srt') return { title: null, language: null, turns: turnsOf(srtCues(lines), kind), notes: 0 };
  const head = lines.slice(1, Math.max(1, lines.indexOf('')));
  const language = head
    .map((line) => /^Language:\s{0,9}([\w-]{2,35})\s{0,9}$/i.exec(line)?.[1])
    .find(Boolean);
  const title = lines[0]
    ?.slice('WEBVTT'.length)
    .replace(/^[\s–—-]{1,20}/, '')
    .trim();
  const { cues, notes } = vttCues(lines);
  const scrolls = cues.some((cue) => cue.lines.some((line) => /<\d{1,4}:\d{2}[:.]/.test(line)));
  return {
    title: title || null,
    language: language ?? null,
    turns: turnsOf(scrolls ? unrolled(cues) : cues, kind),
    notes,
  };
}

/** A time of a recording as it is read: `1:02:03`, or `02:03` in its first hour. */
export function timeWords(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1_000);
  const two = (value: number) => String(value % 60).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${two(minutes)}:${two(seconds)}`;
}
