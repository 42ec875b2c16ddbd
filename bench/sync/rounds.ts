import { join } from 'node:path';
import { busyShare } from './figures';
import type { OurPlace } from './our-place';
import { freshRooms, type Rooms, type RunningServer, type ServerName, startServer } from './servers';
import type { Trace } from './trace';

let runs = 0;

/** How long and how often to measure. */
export type Extent = {
  readonly rounds: number;
  readonly seconds: number;
  readonly quick: boolean;
  /** The long document to open. */
  trace(): Trace;
  readonly names: readonly ServerName[];
  readonly place: OurPlace;
  /** A folder for CPU profiles of our server, when they are wanted. */
  readonly profile: string | null;
  say(line: string): void;
};

/** Results by server, one a round. */
export type Results<T> = ReadonlyMap<ServerName, readonly T[]>;

/**
 * Measures each server in each round, a fresh process every time; every other round goes backwards, so that what
 * the machine does besides meets all alike.
 */
export async function inRounds<T>(
  extent: Extent,
  what: string,
  names: readonly ServerName[],
  measure: (server: RunningServer, rooms: Rooms, again: () => Promise<RunningServer>) => Promise<T>,
): Promise<Results<T>> {
  const results = new Map<ServerName, T[]>(names.map((name) => [name, []]));
  const rooms = freshRooms(extent.place);
  for (let round = 0; round < extent.rounds; round++) {
    const share = busyShare();
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const folder = join(extent.place.folder, `leveldb-${++runs}`);
      const again = () => startServer(name, extent.place, folder);
      extent.say(`${what}: ${name}`);
      const server = await startServer(name, extent.place, folder, extent.profile);
      try {
        results.get(name)?.push(await measure(server, rooms, again));
      } finally {
        await server.stop();
      }
    }
    extent.say(
      `${what}: round ${round + 1} of ${extent.rounds}, machine ${(share() * 100).toFixed(0)} % busy`,
    );
  }
  return results;
}
