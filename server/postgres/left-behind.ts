import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../lib/errors';
import { handshake } from './handshake';
import { runningServer } from './pid-file';
import type { Place } from './place';
import { clearRemains, stopServer } from './stop';

/** How long a server left behind, or its remains, may take to become usable before it is put away by force. */
const GRACE_MS = 10_000;
/** A server that doesn't answer is asked nicely, but not for long. */
const HUNG_PATIENCE_MS = 3_000;
const RETRY_MS = 500;
const ATTEMPTS = 3;

/**
 * Takes on the server that already runs on a cluster, and gives its process number; one that doesn't answer is
 * stopped instead.
 */
export async function adopt(place: Place, log: (line: string) => void): Promise<number | undefined> {
  const find = () => runningServer(place.data, place.cluster);
  let found = find();
  const until = Date.now() + GRACE_MS;
  while (found && Date.now() < until) {
    if (found.sockets === place.sockets && (await handshake(place.sockets)) === 'ready') {
      log(`still running from before (process ${found.pid}), taking it on`);
      return found.pid;
    }
    await wait(100);
    found = find();
  }
  if (found) {
    log(`one from before (process ${found.pid}) doesn't answer, stopping it`);
    await stopServer(found.pid, HUNG_PATIENCE_MS);
  }
  return undefined;
}

/**
 * A start may fail because of what a killed server left: workers that take a moment to notice, a
 * `postmaster.pid` whose number now belongs to another process. Time heals most of it, force the rest.
 * @throws AppError `unavailable` with what the server said at last.
 */
export async function startPatiently(
  place: Place,
  attempt: () => Promise<number>,
  log: (line: string) => void,
): Promise<number> {
  const began = Date.now();
  let cleared = false;
  let said = '';
  for (let failures = 1; ; failures++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const remains = /postmaster\.pid|shared memory block/.test(error.message);
      if (cleared || (!remains && failures >= ATTEMPTS)) throw error;
      if (said === '') log(error.message);
      if (said === '') log('trying again');
      said = error.message;
      if (remains && Date.now() - began > GRACE_MS) {
        log('clearing away what a killed server left behind');
        await clearRemains(place);
        cleared = true;
      } else await wait(RETRY_MS);
    }
  }
}
