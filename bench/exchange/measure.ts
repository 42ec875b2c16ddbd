import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a piece of work took: seconds, those of them that this process computed, and MB of resident memory that the process had at most above what it had before. */
export type Taken = { readonly seconds: number; readonly cpu: number; readonly peak: number };

const EVERY_MS = 10;
const MEGABYTE = 1_048_576;

/** Throws away what nobody holds any more, so that what was there before is not counted. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
  gc();
}

/** Does some work and watches the memory of this process meanwhile. */
export async function measured(work: () => Promise<void>): Promise<Taken> {
  collect();
  const before = process.memoryUsage.rss();
  let most = before;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  const watch = setInterval(look, EVERY_MS);
  const [begun, used] = [performance.now(), process.cpuUsage()];
  try {
    await work();
  } finally {
    clearInterval(watch);
  }
  look();
  const { user, system } = process.cpuUsage(used);
  const cpu = (user + system) / 1e6;
  return { seconds: (performance.now() - begun) / 1_000, cpu, peak: (most - before) / MEGABYTE };
}
