/** What one voice says in a cue; `speaker` where the file names one. Lines that begin with a dash stay lines. */
export type VoicedText = { readonly speaker: string | null; readonly text: string };

const TIMES =
  /^\s{0,9}(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s{0,9}-->\s{0,9}(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}/;

/** When a cue begins, in milliseconds, by its line of times; `null` for any other line. */
export function clockTime(line: string): number | null {
  const found = TIMES.exec(line.slice(0, 200));
  if (found === null) return null;
  const [, hours = '0', minutes = '0', seconds = '0', part = '0'] = found;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1_000 + Number(part.padEnd(3, '0'));
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
};

function character(code: number): string {
  const isOne = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isOne ? String.fromCodePoint(code) : '\ufffd';
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (whole, ten, sixteen, name) => {
    if (ten) return character(Number(ten));
    if (sixteen) return character(Number.parseInt(sixteen, 16));
    return NAMED[String(name).toLowerCase()] ?? whole;
  });
}

const TAG = /<[^<>]{0,500}>/g;
const VOICE = /^<v(?:\.[^\s<>]{0,200})?[ \t]{1,9}([^<>]{1,400})>$/;
const isVoice = (tag: string) => VOICE.test(tag) || tag === '</v>';

/** Lines without their marks, except those that say whose voice it is. */
export function cueLines(lines: readonly string[]): string[] {
  return lines
    .map((line) => line.replace(TAG, (tag) => (isVoice(tag) ? tag : '')).trim())
    .filter((line) => line !== '');
}

/** Marks that programs write into SRT; what else stands in angle brackets is text. */
const SRT_MARKS = /<\/?(?:i|b|u|s|em|strong|font|c)(?:[ .][^<>]{0,200})?>|\{\\[^{}]{0,200}\}/gi;
const VOICED = /(<v(?:\.[^\s<>]{0,200})?[ \t]{1,9}[^<>]{1,400}>|<\/v>)/;

/** Captions break their lines where the screen ends: they are joined, but where another voice begins with a dash. */
function joined(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/\s{1,1000}/g, ' ').trim())
    .filter((line) => line !== '')
    .reduce((all, line) => (all === '' ? line : `${all}${/^[-–—]/.test(line) ? '\n' : ' '}${line}`), '');
}

/** Who says what in the lines of one cue; nothing for a cue without words. */
export function voices(lines: readonly string[], kind: 'vtt' | 'srt'): VoicedText[] {
  const read = (text: string) => joined(kind === 'vtt' ? decoded(text) : text);
  const marked = kind === 'vtt' ? cueLines(lines) : lines.map((line) => line.replace(SRT_MARKS, ''));
  const said: VoicedText[] = [];
  let speaker: string | null = null;
  for (const part of marked.join('\n').split(VOICED)) {
    if (part === '</v>') speaker = null;
    else if (VOICE.test(part)) speaker = read(VOICE.exec(part)?.[1] ?? '') || null;
    else {
      const text = read(part);
      if (text !== '') said.push({ speaker, text });
    }
  }
  return said;
}
