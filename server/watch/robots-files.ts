import { AppError } from '../../lib/errors';
import { type FetchOptions, fetchTextFile } from '../sources/fetch-page';
import { NO_ROBOTS, type Robots, readRobots } from './read-robots';

/** What of a file is read (RFC 9309, 2.5 asks for at least so much). */
const MOST_BYTES = 500 * 1024;
/** How long an answer serves (RFC 9309, 2.4), in ms. */
const KEEP_MS = 86_400_000;
/** Sites that are remembered; the oldest is asked anew. */
const MOST_SITES = 500;

export type RobotsFiles = {
  /**
   * What the robots.txt of this address's site says, asked at most once a day.
   * @throws AppError unavailable when the site cannot say just now.
   */
  of(url: URL, signal?: AbortSignal): Promise<Robots>;
};

/** Reads and remembers the robots.txt of sites. `now` answers ms. */
export function createRobotsFiles(
  options: Pick<FetchOptions, 'testHosts' | 'resolve' | 'purpose'>,
  now: () => number = Date.now,
): RobotsFiles {
  const known = new Map<string, { readonly robots: Robots; readonly until: number }>();

  async function read(address: string, signal: AbortSignal | undefined): Promise<Robots> {
    try {
      const text = await fetchTextFile(address, { ...options, signal, maxBytes: MOST_BYTES });
      return readRobots(address, text);
    } catch (error) {
      if (isNoFile(error)) return NO_ROBOTS;
      throw error;
    }
  }

  return {
    async of(url, signal) {
      const found = known.get(url.origin);
      if (found !== undefined && found.until > now()) return found.robots;
      const robots = await read(`${url.origin}/robots.txt`, signal);
      known.delete(url.origin);
      known.set(url.origin, { robots, until: now() + KEEP_MS });
      const [oldest] = known.keys();
      if (known.size > MOST_SITES && oldest !== undefined) known.delete(oldest);
      return robots;
    },
  };
}

/**
 * Whether a site has no robots.txt (RFC 9309, 2.3.1.3: a status of 400 to 499, or too many redirects). One that asks to
 * slow down (429), has a fault of its own or does not answer has not said that.
 */
function isNoFile(error: unknown): boolean {
  return error instanceof AppError && error.code === 'invalid';
}
