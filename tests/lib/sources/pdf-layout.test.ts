import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from '@/lib/sources/pdf-flow';
import { placeRuns, segmentsOf } from '@/lib/sources/pdf-lines';
import { paragraphsOf } from '@/lib/sources/pdf-paragraphs';
import { boxOf, lettersOf, type PdfPage, type PdfRun } from '@/lib/sources/pdf-run';
import { findTables } from '@/lib/sources/pdf-tables';

/** A run with letters half as wide as they are high. */
function run(text: string, x: number, y: number, more: Partial<PdfRun> = {}): PdfRun {
  const size = more.size ?? 10;
  const width = text.length * size * 0.5;
  return { text, x, y, width, size, ascent: 0.8, descent: -0.2, angle: 0, font: 'f1', rtl: false, ...more };
}

/** Lines of a column, 12 points apart. */
const column = (x: number, y: number, ...lines: string[]) =>
  lines.map((line, nth) => run(line, x, y + nth * 12));
const page = (...runs: PdfRun[]): PdfPage => ({ width: 600, height: 800, runs });
const read = (...pages: PdfPage[]) => paragraphsOf(linesOf(pages).lines);
const tablesOf = (one: PdfPage) => findTables(segmentsOf(placeRuns(one).turns[0]?.[1] ?? []));
const texts = (...pages: PdfPage[]) => read(...pages).map(({ text }) => text);

const LEFT = [
  'The left column begins up here',
  'and it goes on for some lines',
  'until it comes to its end.',
];
const RIGHT = [
  'The right column is read only',
  'when all of the left one was',
  'read from its top to its foot.',
];

describe('The paragraphs of a PDF', () => {
  it.each<[what: string, page: PdfPage, paragraphs: string[]]>([
    [
      'lines of one distance are one paragraph',
      page(...column(50, 100, 'The harbour was', 'closed on', 'Tuesday.')),
      ['The harbour was closed on Tuesday.'],
    ],
    [
      'a wider distance parts two',
      page(...column(50, 100, 'One line here', 'and another.'), ...column(50, 142, 'A second', 'paragraph.')),
      ['One line here and another.', 'A second paragraph.'],
    ],
    [
      'an indented line begins one',
      page(
        ...column(50, 100, 'A line as wide as the column', 'and one more that is full it'),
        run('An indented line that is full', 65, 124),
        run('and what belongs to the second.', 50, 136),
      ),
      [
        'A line as wide as the column and one more that is full it',
        'An indented line that is full and what belongs to the second.',
      ],
    ],
    [
      'each entry of a list is one',
      page(...column(50, 100, '• The first of them is long', 'and has a second line', '• The second')),
      ['• The first of them is long and has a second line', '• The second'],
    ],
    [
      'so is each with a point from a font of symbols',
      page(...column(50, 100, '\uf0b7 One point of a list', '\uf0b7 Another point of a list')),
      ['\uf0b7 One point of a list', '\uf0b7 Another point of a list'],
    ],
    [
      'letters of another size are another',
      page(run('A headline of two', 50, 80, { size: 20 }), ...column(50, 100, 'Words of', 'the text.')),
      ['A headline of two', 'Words of the text.'],
    ],
    [
      'rows of a table are one each, cells with a space between',
      page(
        ...[100, 112, 124].flatMap((y, nth) => [
          run(`Row ${nth}`, 50, y),
          run('12', 200, y),
          run('34', 300, y),
        ]),
      ),
      ['Row 0 12 34', 'Row 1 12 34', 'Row 2 12 34'],
    ],
    [
      'what is drawn twice to look bold is there once',
      page(run('Bold', 50, 100), run('Bold', 50.3, 100)),
      ['Bold'],
    ],
    [
      'a figure that stands higher belongs to its line',
      page(run('As was said', 50, 100), run('1', 105, 96, { size: 6 }), run('before.', 114, 100)),
      ['As was said1 before.'],
    ],
    [
      'letters from right to left are read from there',
      page(
        run('\u05e2\u05d5\u05dc\u05dd', 50, 100, { rtl: true }),
        run('\u05e9\u05dc\u05d5\u05dd', 80, 100, { rtl: true }),
      ),
      ['\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd'],
    ],
    [
      'what is turned by a quarter comes last, and what is set at a slant not at all',
      page(
        run('Up the side', 20, 400, { angle: 270 }),
        run('DRAFT', 200, 400, { angle: 315, size: 60 }),
        run('The text.', 50, 100),
      ),
      ['The text.', 'Up the side'],
    ],
  ])('%s', (_what, given, expected) => {
    expect(texts(given)).toEqual(expected);
  });

  it('are headings where letters are larger, the largest of the first page above the others', () => {
    const found = read(
      page(
        run('What the harbour costs', 50, 60, { size: 22 }),
        run('How it began', 50, 90, { size: 14 }),
        ...column(50, 110, 'It began with a vote of the', 'city council that nobody saw.'),
      ),
    );
    expect(found.map(({ level }) => level)).toEqual([1, 2, 0]);
  });
});

describe('A hyphen at the end of a line', () => {
  it.each<[what: string, lines: string[], text: string]>([
    ['goes where it breaks a word', ['The infor-', 'mation.'], 'The information.'],
    ['goes where only a break shows it', ['The infor\u00ad', 'mation.'], 'The information.'],
    ['stays in front of a capital', ['The Franco-', 'German line.'], 'The Franco-German line.'],
    [
      'stays where the document has the pair elsewhere',
      ['A well-known port; this well-', 'known port.'],
      'A well-known port; this well-known port.',
    ],
    [
      'goes where the document has the word without it, though the pair too',
      ['To re-sign or resign, and re-', 'sign.'],
      'To re-sign or resign, and resign.',
    ],
    ['stays after a figure', ['In 1990-', '91 it fell.'], 'In 1990- 91 it fell.'],
    ['is a dash where a space stands before it', ['The port -', 'closed.'], 'The port - closed.'],
  ])('%s', (_what, lines, text) => {
    expect(texts(page(...column(50, 100, ...lines)))).toEqual([text]);
  });
});

describe('Letters', () => {
  it.each([
    ['ligatures are taken apart', 'o\ufb03ce \ufb01le', 'office file'],
    ['Arabic shapes are the letters they show', '\ufefb', '\u0644\u0627'],
    ['figures that stand higher stay so', 'm\u00b2 x\u2460', 'm\u00b2 x\u2460'],
    ['a hyphen that is not shown goes', 'in\u00advisible', 'invisible'],
    ['controls go and white space is a space', 'a\u0007b\u00a0\t c', 'ab c'],
  ])('%s', (_what, given, expected) => {
    expect(lettersOf(given)).toBe(expected);
  });
});

describe('Columns', () => {
  const both = (y: number) => [...column(50, y, ...LEFT), ...column(230, y, ...RIGHT)];

  it('are read one after the other', () => {
    expect(texts(page(...both(100)))).toEqual([LEFT.join(' '), RIGHT.join(' ')]);
  });

  it('are read after what reaches across above them, and before what does below', () => {
    const across = 'A line that reaches across both of the columns from the left to the right edge of it';
    expect(
      texts(
        page(run(across, 50, 70, { size: 9 }), ...both(100), run(across.toUpperCase(), 50, 170, { size: 8 })),
      ),
    ).toEqual([across, LEFT.join(' '), RIGHT.join(' '), across.toUpperCase()]);
  });

  it('are columns too where justified lines are drawn word by word, with wide spaces between', () => {
    const justified = (x: number, y: number, lines: readonly string[]) =>
      lines.flatMap((line, nth) => {
        const words = line.split(' ');
        const space = (155 - line.replaceAll(' ', '').length * 5) / (words.length - 1);
        let at = x;
        return words.map((word) => {
          const placed = run(word, at, y + nth * 12);
          at += word.length * 5 + space;
          return placed;
        });
      });
    expect(texts(page(...justified(50, 100, LEFT), ...justified(217, 100, RIGHT)))).toEqual([
      LEFT.join(' '),
      RIGHT.join(' '),
    ]);
  });

  it('may be three', () => {
    const third = [
      'A third of them stands beside',
      'the two that are there, and is',
      'read when those have been.',
    ];
    expect(texts(page(...both(100), ...column(410, 100, ...third)))).toEqual([
      LEFT.join(' '),
      RIGHT.join(' '),
      third.join(' '),
    ]);
  });

  it('are known on a last page that has a line and a half of the second', () => {
    const short = page(...column(50, 140, ...LEFT), run('a line too few to tell by itself.', 230, 140));
    expect(texts(page(...both(100)), short).slice(2)).toEqual([
      LEFT.join(' '),
      'a line too few to tell by itself.',
    ]);
  });

  it('go on with a sentence that the one before breaks off, also over the end of a page', () => {
    const first = page(...column(50, 100, 'The council met on the first', 'day of May and it was agreed'));
    const second = page(...column(50, 100, 'that the port should close.'));
    expect(texts(first, second)).toEqual([
      'The council met on the first day of May and it was agreed that the port should close.',
    ]);
  });

  it('are read the same in whatever order the file draws them', () => {
    const runs = both(100);
    fc.assert(
      fc.property(fc.shuffledSubarray(runs, { minLength: runs.length }), (shuffled) => {
        expect(texts(page(...shuffled))).toEqual([LEFT.join(' '), RIGHT.join(' ')]);
      }),
      { seed: 34, numRuns: 100 },
    );
  });
});

describe('A table', () => {
  const CELLS = [
    ['Harbour of Ostend', 'Ministry of Transport', '12,400'],
    ['Port of Zeebrugge', 'Flemish government', '9,810'],
    ['Quays of Nieuwpoort', 'City of Nieuwpoort itself', '311'],
    ['Old dock of Bruges', 'Ministry of Finance', '1,200'],
  ];
  /** Rows of cells, the last column to the right. */
  const table = (y: number, cells: readonly (readonly string[])[], more: Partial<PdfRun> = {}) =>
    cells.flatMap((row, nth) =>
      row.map((cell, at) => {
        const x = at === row.length - 1 ? 420 - cell.length * 5 : 50 + at * 150;
        return run(cell, x, y + nth * 14, more);
      }),
    );
  const rows = CELLS.map((row) => row.join(' '));

  it('is read row by row, though its cells are as long as lines of a column', () => {
    expect(texts(page(...table(100, CELLS)))).toEqual(rows);
  });

  it('is read so too where only its head shows that it is one', () => {
    const words = CELLS.map((row, nth) => [
      ...row.slice(0, 2),
      ['granted', 'refused at once', 'waiting', 'lapsed'][nth] ?? '',
    ]);
    const head = table(86, [['What was asked for', 'Who was asked', 'What came']], { font: 'bold' });
    expect(texts(page(...head, ...table(100, words)))).toEqual([
      'What was asked for Who was asked What came',
      ...words.map((row) => row.join(' ')),
    ]);
  });

  it('may lack cells, and stands between the columns above it and below', () => {
    const [first = [], second = [], ...others] = CELLS;
    const some = [first, second, ['Quay of Lombardsijde', ''], ...others].map((row) => row.filter(Boolean));
    const cells = some.flatMap((row, nth) =>
      row.length > 1
        ? table(200 + nth * 14, [row])
        : [run(row[0] ?? '', 50, 200 + nth * 14), run('77', 410, 200 + nth * 14)],
    );
    const both = (y: number) => [...column(50, y, ...LEFT), ...column(230, y, ...RIGHT)];
    expect(texts(page(...both(100), ...cells, ...both(300)))).toEqual([
      ...[LEFT.join(' '), RIGHT.join(' ')],
      ...[rows[0], rows[1], 'Quay of Lombardsijde 77', rows[2], rows[3]],
      ...[LEFT.join(' '), RIGHT.join(' ')],
    ]);
  });

  it('in one of two columns leaves the other to be read on its own', () => {
    const prose = [...LEFT, 'and then it goes on beneath it', 'to where the table ends there.'];
    const figures = ['Ostend harbour', 'Zeebrugge port', 'Nieuwpoort quay', 'The dock of Bruges'].flatMap(
      (name, nth) => [run(name, 260, 100 + nth * 12), run(`${nth + 3},200`, 400, 100 + nth * 12)],
    );
    expect(texts(page(...column(50, 100, ...prose), ...figures))).toEqual([
      prose.join(' '),
      ...[
        'Ostend harbour 3,200',
        'Zeebrugge port 4,200',
        'Nieuwpoort quay 5,200',
        'The dock of Bruges 6,200',
      ],
    ]);
  });

  it('is not seen in a list that is set in two columns, whose entries have figures', () => {
    const entries = ['Ostend, harbour of', 'Zeebrugge, port of', 'Nieuwpoort, quays', 'Bruges, old dock of'];
    const list = (x: number, from: number) =>
      entries.flatMap((name, nth) => [
        run(name, x, 100 + nth * 14),
        run(`${from + nth}`, x + 150, 100 + nth * 14),
      ]);
    const both = [...list(50, 11), ...list(300, 21)];
    expect(tablesOf(page(...both))).toEqual([]);
    const [left, right] = [texts(page(...both)).join('\n'), '21'];
    expect(left.indexOf('14')).toBeGreaterThan(-1);
    expect(left.indexOf('14')).toBeLessThan(left.indexOf(right));
    // One of them alone is a table.
    expect(tablesOf(page(...list(50, 11)))).toHaveLength(1);
  });

  it('is not seen in numbered lines of a script without small letters', () => {
    const lines = [
      '昨夜からの大雨で川の水位が上がり市は避難指示を',
      '出した堤防の点検記録は見つからず監査人は国に説',
      '明を求めている住民は毎年の点検を訴えてきたと言',
    ];
    const numbered = lines.flatMap((line, nth) => [
      run(`${nth + 1}`, 50, 100 + nth * 14),
      run(line, 90, 100 + nth * 14, { width: line.length * 10 }),
    ]);
    expect(tablesOf(page(...numbered))).toEqual([]);
    // Titles of three words are one.
    const titles = lines.flatMap((line, nth) => [
      run(`${nth + 1}`, 50, 100 + nth * 14),
      run(line.slice(0, 6), 90, 100 + nth * 14, { width: 60 }),
    ]);
    expect(tablesOf(page(...titles))).toHaveLength(1);
  });

  it('is never seen in columns of prose, whatever their words are', () => {
    const words = [
      'harbour',
      'the',
      'of',
      'council',
      'Ostend',
      'said',
      '1998',
      'in',
      'a',
      'vote',
      'Ministry',
      '12',
    ];
    const line = fc
      .array(fc.constantFrom(...words), { minLength: 5, maxLength: 7 })
      .map((some) => some.join(' ').slice(0, 32).trim());
    const side = fc.array(line, { minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 230, max: 280 }), (left, right, x) => {
        expect(tablesOf(page(...column(50, 100, ...left), ...column(x, 100, ...right)))).toEqual([]);
      }),
      { seed: 52, numRuns: 300 },
    );
  });
});

describe('What repeats from page to page', () => {
  const body = (nth: number) => column(50, 100, `Page ${nth} tells its own part`, 'of the whole story.');
  const pages = [1, 2, 3].map((nth) =>
    page(run('Report on a harbour', 50, 30), ...body(nth), run(`${nth + 6}`, 300, 780)),
  );

  it('at the top and foot is left out, and counted', () => {
    expect(texts(...pages)).toEqual(
      [1, 2, 3].map((nth) => `Page ${nth} tells its own part of the whole story.`),
    );
    expect(linesOf(pages).behind).toEqual({ repeated: 6, slanted: 0 });
  });

  it('is all there where it is the only page', () => {
    expect(texts(pages[0] as PdfPage)).toHaveLength(3);
  });

  it('is the text where pages have nothing else', () => {
    expect(texts(page(run('Nothing.', 50, 30)), page(run('Nothing.', 50, 30)))).toEqual([
      'Nothing.',
      'Nothing.',
    ]);
  });

  it('stays within the text', () => {
    const same = [1, 2, 3].map((nth) => page(...body(nth), run('Nobody answered.', 50, 400)));
    expect(texts(...same).filter((text) => text === 'Nobody answered.')).toHaveLength(3);
  });

  it('is not a line that stands behind another of the text', () => {
    const same = [1, 2, 3].map((nth) =>
      page(
        run(`The ${['first', 'second', 'third'][nth - 1]} answer`, 50, 30),
        run('Nobody answered.', 50, 60),
      ),
    );
    expect(texts(...same).filter((text) => text.includes('Nobody'))).toHaveLength(3);
  });
});

describe('The box of a run', () => {
  it.each([
    [0, { x: 100, y: 192, width: 40, height: 10 }],
    [90, { x: 98, y: 200, width: 10, height: 40 }],
    [180, { x: 60, y: 198, width: 40, height: 10 }],
    [270, { x: 92, y: 160, width: 10, height: 40 }],
  ])('turned by %i degrees holds its letters', (angle, box) => {
    expect(boxOf(run('12345678', 100, 200, { angle }))).toEqual({ ...box, turn: angle });
  });
});
