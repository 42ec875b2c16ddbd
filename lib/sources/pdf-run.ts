/**
 * A run of letters as a page of a PDF places it. All lengths are PDF points (1/72 inch) on the page as it is shown: the
 * origin is its top left corner, y grows downwards, a turn of the whole page is already applied.
 */
export type PdfRun = {
  readonly text: string;
  /** Where the run's base line begins. */
  readonly x: number;
  readonly y: number;
  /** How far the run goes along its base line. */
  readonly width: number;
  /** The size of its letters. */
  readonly size: number;
  /** How far letters reach above and below the base line, as parts of `size`; `descent` is negative. */
  readonly ascent: number;
  readonly descent: number;
  /** Where the base line leads, in degrees clockwise: 0 is to the right, 90 down the page. */
  readonly angle: number;
  readonly font: string;
  readonly rtl: boolean;
};

/** A page of a PDF with its runs in the order of the file. */
export type PdfPage = { readonly width: number; readonly height: number; readonly runs: readonly PdfRun[] };

/** A rectangle on the page as it is shown, in PDF points; `turn` says where its text leads. */
export type PdfBox = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly turn: Turn;
};

export const TURNS = [0, 90, 180, 270] as const;
export type Turn = (typeof TURNS)[number];

/** Degrees by which a base line may be off the edges of the page before it is at a slant. */
const SLANT = 5;

/** The quarter turn that a run's base line has, or `null` when it stands at a slant, as watermarks do. */
export function turnOf({ angle }: Pick<PdfRun, 'angle'>): Turn | null {
  const turned = ((angle % 360) + 360) % 360;
  if (turned >= 360 - SLANT) return 0;
  return TURNS.find((turn) => Math.abs(turned - turn) <= SLANT) ?? null;
}

/** A point of the page as seen by who reads along a turn: how far along the lines, how far down across them. */
export function along(turn: Turn, x: number, y: number): { u: number; v: number } {
  if (turn === 90) return { u: y, v: -x };
  if (turn === 180) return { u: -x, v: -y };
  return turn === 270 ? { u: -y, v: x } : { u: x, v: y };
}

/** The box of a run's letters. */
export function boxOf(run: PdfRun): PdfBox {
  const turn = turnOf(run) ?? 0;
  const up = run.ascent * run.size;
  const height = (run.ascent - run.descent) * run.size;
  if (turn === 90) return { x: run.x - (height - up), y: run.y, width: height, height: run.width, turn };
  if (turn === 180) return { x: run.x - run.width, y: run.y - (height - up), width: run.width, height, turn };
  if (turn === 270) return { x: run.x - up, y: run.y - run.width, width: height, height: run.width, turn };
  return { x: run.x, y: run.y - up, width: run.width, height, turn };
}

/** Letters that stand for several, or for the shape of one: Latin ligatures and what Arabic letters look like in a word. */
const SHAPES = /[\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufdf9\ufe70-\ufefc]/g;
/** What no reader sees: controls, and a hyphen that only shows at the end of a line; there it stays. */
const UNSEEN = /[\p{Cc}\u200b\ufeff]|\u00ad(?=\S)/gu;

/**
 * The letters of a run as they are written: ligatures taken apart, controls gone, each white space one space. What only
 * resembles another letter (superscript figures, fractions, wide forms) stays what it is.
 */
export function lettersOf(text: string): string {
  return text
    .toWellFormed()
    .replace(SHAPES, (shape) => shape.normalize('NFKC'))
    .replace(/\s+/g, ' ')
    .replace(UNSEEN, '');
}
