import type { NoteVersion } from './version';

/** A kept state, as far as keeping goes. `began` is when its first change came to rest, `at` when the last did. */
export type Point = {
  readonly id: string;
  readonly kind: NoteVersion['kind'];
  readonly began: Date;
  readonly at: Date;
  readonly authorIds: readonly string[];
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A pause of so long (ms) ends an automatic point … */
const PAUSE = 2 * MINUTE;
/** … as does writing on for so long … */
const LONGEST = 10 * MINUTE;
/** … or somebody else beginning to write, once the point is so old. There are no more than one a minute therefore. */
const SHORTEST = MINUTE;

/**
 * Whether what came to rest now belongs to the newest point, which then moves on with it. Otherwise a new point
 * begins, and the newest stays as it is: what somebody left behind is kept, whoever comes next.
 */
export function movesOn(newest: Point | null, now: Date, writerIds: readonly string[]): boolean {
  if (newest === null || newest.kind !== 'auto') return false;
  const age = now.getTime() - newest.began.getTime();
  if (age < SHORTEST) return true;
  if (age > LONGEST || now.getTime() - newest.at.getTime() > PAUSE) return false;
  return writerIds.every((id) => newest.authorIds.includes(id));
}

/**
 * Which points of a note go: all of the last day stay, then the last of each hour for thirty days, then the last of
 * each day (UTC); named ones always. `authors` is who changed the note up to each point that stays, where points before it
 * went.
 */
export function thinOut(
  points: readonly Point[],
  now: Date,
): { remove: string[]; authors: Map<string, string[]> } {
  const remove: string[] = [];
  const authors = new Map<string, string[]>();
  let inherited: string[] = [];
  const oldestFirst = [...points].sort((one, other) => one.at.getTime() - other.at.getTime());
  oldestFirst.forEach((point, place) => {
    const next = oldestFirst[place + 1];
    const goes = point.kind !== 'named' && next !== undefined && slotOf(point, now) === slotOf(next, now);
    const all = [...new Set([...inherited, ...point.authorIds])];
    if (goes) {
      remove.push(point.id);
      inherited = all;
    } else {
      if (inherited.length > 0) authors.set(point.id, all);
      inherited = [];
    }
  });
  return { remove, authors };
}

/** The stretch of time of which one point is enough. */
function slotOf({ id, at }: Point, now: Date): string {
  const age = now.getTime() - at.getTime();
  if (age < DAY) return id;
  const length = age < 30 * DAY ? HOUR : DAY;
  return `${length} ${Math.floor(at.getTime() / length)}`;
}
