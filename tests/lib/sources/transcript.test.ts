import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTranscript, timeWords, transcriptKind } from '@/lib/sources/transcript';

const vtt = (...lines: string[]) => readTranscript(['WEBVTT', '', ...lines].join('\n'), 'vtt');
const saidIn = (transcript: { turns: readonly { speaker: string | null; text: string }[] }) =>
  transcript.turns.map(({ speaker, text }) => (speaker === null ? text : `${speaker}: ${text}`));

describe('Telling captions from other texts', () => {
  it.each([
    ['WEBVTT\n\n00:01.000 --> 00:02.000\nHello', 'vtt'],
    ['\ufeffWEBVTT - The council\r\n\r\n', 'vtt'],
    ['WEBVTT', 'vtt'],
    ['1\r\n00:00:01,000 --> 00:00:02,000\r\nHello', 'srt'],
    ['\n\n00:00:01.000 --> 00:00:02.000\nHello', 'srt'],
    ['WEBVTTX\n\nwords', null],
    ['1\nA list of things\n2\nAnother', null],
    ['The arrow --> points on', null],
    ['', null],
  ])('takes %j for %s', (source, kind) => {
    expect(transcriptKind(source)).toBe(kind);
  });
});

describe('Reading WebVTT', () => {
  it('makes a turn of each cue, with its time, and joins the lines that a screen broke', () => {
    const { turns } = vtt('intro', '01:02.500 --> 01:04.000 align:start', 'One line', 'and the next');
    expect(turns).toEqual([{ start: 62_500, speaker: null, text: 'One line and the next' }]);
  });

  it('keeps who speaks, and joins what one voice says on end until half a minute is over', () => {
    const transcript = vtt(
      ...['00:01.000 --> 00:03.000', '<v Ada>We knew.', ''],
      ...['00:03.000 --> 00:09.000', '<v.loud Ada>All of us.</v>', ''],
      ...['00:09.000 --> 00:12.000', '<v Bert>When?</v> <v Ada>In <i>May</i>.</v>', ''],
      ...['00:50.000 --> 00:52.000', '<v Ada>Early.'],
    );
    expect(saidIn(transcript)).toEqual([
      'Ada: We knew. All of us.',
      'Bert: When?',
      'Ada: In May.',
      'Ada: Early.',
    ]);
  });

  it('passes over styles and regions, and counts the notes it passes over', () => {
    const transcript = vtt(
      ...['STYLE', '::cue { color: red }', '', 'NOTE by the typist', 'two lines', '', 'REGION', 'id:a', ''],
      ...['00:01.000 --> 00:02.000', 'Words'],
    );
    expect(saidIn(transcript)).toEqual(['Words']);
    expect(transcript.notes).toBe(1);
  });

  it('reads entities as letters and never as marks', () => {
    expect(saidIn(vtt('00:01.000 --> 00:02.000', 'R&amp;D &lt;b&gt; &#128512; &#xd800; &what;'))).toEqual([
      'R&D <b> 😀 \ufffd &what;',
    ]);
  });

  it('says a line once that captions repeat while they scroll', () => {
    const transcript = vtt(
      ...['00:01.000 --> 00:03.000', ' ', 'so<00:00:01.500><c> what</c>', ''],
      ...['00:03.000 --> 00:03.010', 'so what', ' ', ''],
      ...['00:03.010 --> 00:05.000', 'so what', 'did<00:00:04.000><c> you see</c>'],
    );
    expect(saidIn(transcript).join(' ')).toBe('so what did you see');
  });

  it('keeps what people do say twice', () => {
    const transcript = vtt('00:01.000 --> 00:02.000', 'No.', '', '00:02.000 --> 00:03.000', 'No.');
    expect(saidIn(transcript)).toEqual(['No.', 'No.']);
  });

  it('takes the title and the language that the head gives', () => {
    const source = 'WEBVTT - The hearing\nKind: captions\nLanguage: de\n\n00:01.000 --> 00:02.000\nJa.';
    expect(readTranscript(source, 'vtt')).toMatchObject({ title: 'The hearing', language: 'de' });
  });
});

describe('Reading SRT', () => {
  it('leaves out numbers and marks, keeps blank lines’ words and the lines of a dialogue', () => {
    const source =
      '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>- Who?</i>\n- Me.\n\n2 < 3 <tag>\n\n2\n01:00:00,5 --> 01:00:02,0\n1984\n';
    expect(readTranscript(source, 'srt').turns).toEqual([
      { start: 1_000, speaker: null, text: '- Who?\n- Me. 2 < 3 <tag>' },
      { start: 3_600_500, speaker: null, text: '1984' },
    ]);
  });
});

describe('Captions of any kind', () => {
  const word = fc.stringMatching(/^[a-zA-Zäöü漢]{1,8}$/);
  const cue = fc.record({
    start: fc.integer({ min: 0, max: 359_999_999 }),
    speaker: fc.option(word, { nil: null }),
    lines: fc.array(fc.array(word, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 }),
  });
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = (ms: number, point: string) =>
    `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1_000) % 60)}${point}${String(ms % 1_000).padStart(3, '0')}`;

  it('lose no word, in whichever format and with whichever line ends', () => {
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(fc.array(cue, { minLength: 1, maxLength: 20 }), ends, fc.boolean(), (cues, end, isVtt) => {
        const blocks = cues.map(({ start, speaker, lines }, at) => {
          const times = `${clock(start, isVtt ? '.' : ',')} --> ${clock(start + 1, isVtt ? '.' : ',')}`;
          const words = lines.map((line) => line.join(' ')).join(end);
          return [at + 1, times, isVtt && speaker ? `<v ${speaker}>${words}` : words].join(end);
        });
        const source = [...(isVtt ? ['WEBVTT'] : []), ...blocks].join(end + end);
        const kind = transcriptKind(source);
        expect(kind).toBe(isVtt ? 'vtt' : 'srt');
        const { turns } = readTranscript(source, kind ?? 'srt');
        const all = cues.flatMap(({ lines }) => lines.flat());
        expect(turns.flatMap(({ text }) => text.split(' '))).toEqual(all);
        expect(turns[0]?.start).toBe(cues[0]?.start);
        if (isVtt) expect(turns[0]?.speaker).toBe(cues[0]?.speaker);
      }),
      { seed: 20_261_127, numRuns: 300 },
    );
  });

  it('never fail, whatever stands in them', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom(
        '\n',
        '\n\n',
        '<v ',
        '>',
        '</v>',
        '-->',
        '00:00:01,000 --> 00:00:02,000\n',
        '&#x',
        '{\\',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.constantFrom('vtt', 'srt'), (pieces, kind) => {
        const { turns } = readTranscript(`WEBVTT\n\n${pieces.join('')}`, kind);
        for (const { start, text } of turns) {
          expect(text.trim()).toBe(text);
          expect(text).not.toBe('');
          expect(Number.isSafeInteger(start)).toBe(true);
        }
      }),
      { seed: 20_261_127, numRuns: 200 },
    );
  });

  it('are read in time that grows with their length', () => {
    const hostile = ['<v '.repeat(100_000), '<'.repeat(200_000), '\n'.repeat(200_000), '1\n'.repeat(200_000)];
    for (const text of hostile) {
      const from = performance.now();
      readTranscript(`WEBVTT\n\n00:01.000 --> 00:02.000\n${text}`, 'vtt');
      readTranscript(`00:00:01,000 --> 00:00:02,000\n${text}`, 'srt');
      expect(performance.now() - from).toBeLessThan(5_000);
    }
  });

  it('show hours only when there are some', () => {
    expect([0, 59_999, 3_599_000, 3_600_000, 36_061_000].map(timeWords)).toEqual([
      '00:00',
      '00:59',
      '59:59',
      '1:00:00',
      '10:01:01',
    ]);
  });
});
