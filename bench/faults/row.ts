import type { SyncPlace } from '../../tests/support/sync-processes';
import type { Done, Stage, StageOptions } from './stage';

/** What a row needs to know to run. */
export type Extent = {
  /** Each fault lasts some seconds, where it lasts. */
  readonly quick: boolean;
  /** How often a fault is tried that is tried so often in full, and so often in the quick version. */
  times(full: number, quick: number): number;
  /** Opens the two servers with all who write. */
  open(options?: StageOptions): Promise<Stage>;
  readonly place: SyncPlace;
  /** A folder with pages, articles and projects of others to bring in; `null` where there is none. */
  readonly inputs: string | null;
  say(line: string): void;
};

/** What came of a fault. */
export type Outcome = {
  readonly times: string;
  readonly done?: Done;
  /** Until writing went on, or what the row measures in its place. */
  readonly goesOn: string;
  readonly others: string;
  /** What it had to keep to, and did not. */
  readonly failures: readonly string[];
  /** Why it could not be tried here. */
  readonly skipped?: string;
};

export type Row = { readonly title: string; run(extent: Extent): Promise<Outcome> };

/** Opens what a row plays on, closes it whatever happens. */
export async function on<T extends Pick<Stage, 'close'>>(
  opening: Promise<T>,
  play: (stage: T) => Promise<Outcome>,
): Promise<Outcome> {
  const stage = await opening;
  try {
    return await play(stage);
  } finally {
    await stage.close();
  }
}

/** The words of those that are not kept to. */
export function failuresOf(limits: Record<string, boolean>): string[] {
  return Object.entries(limits)
    .filter(([, kept]) => !kept)
    .map(([words]) => words);
}

/** A row that is not tried here. */
export const skipped = (why: string): Outcome => ({
  times: '0',
  goesOn: '–',
  others: why,
  failures: [],
  skipped: why,
});

/** The head of the table. */
export const HEAD = [
  'fault',
  'times',
  'acknowledged edits / annotations / comments',
  'lost',
  'until writing went on, at worst',
  'what else',
  'load',
  'verdict',
];

/** An outcome as a line of the table, with the load of the machine while it was tried. */
export function lineOf(title: string, outcome: Outcome, load: number): string[] {
  const { times, done, goesOn, others, failures, skipped } = outcome;
  const verdict = skipped ? 'not tried' : failures.length === 0 ? 'passed' : `FAILED: ${failures.join('; ')}`;
  const written = done ? `${done.edits} / ${done.annotations} / ${done.comments}` : '–';
  return [title, times, written, done ? `${done.lost}` : '–', goesOn, others, load.toFixed(0), verdict];
}
