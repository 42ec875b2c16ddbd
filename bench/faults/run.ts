import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { INPUTS } from '../../tests/support/inputs';
import type { SyncPair } from '../../tests/support/sync-pair';
import { SyncPlace } from '../../tests/support/sync-processes';
import { table, writeBetween } from '../sync/tables';
import { type Extent, HEAD, lineOf, type Outcome } from './row';
import { ROWS } from './rows';
import { openPair, Stage, type StageOptions } from './stage';

/**
 * What becomes of notes, marks and comments while servers, Postgres, the network, the disk and the clock fail: fifty writers in
 * ten notes, people who mark and comment, two servers, one Postgres that writes through to the disk.
 */
const { values } = parseArgs({
  options: {
    /** Each fault few times, or for some seconds. */
    quick: { type: 'boolean', default: false },
    /** A share of the times in full, such as 0.2. */
    share: { type: 'string', default: '1' },
    /** Each fault once, for few who write into notes alone: whether it runs at all. */
    smoke: { type: 'boolean', default: false },
    /** Names of faults, comma separated. */
    only: { type: 'string' },
    /** A folder with pages of others to bring in, for the row about memory. */
    inputs: { type: 'string', default: INPUTS },
    /** Puts the table into docs/reliability.md. */
    write: { type: 'boolean', default: false },
  },
});
// Each writer's provider wants to hear of our end.
process.setMaxListeners(0);
const say = (line: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
const names = values.only?.split(',') ?? Object.keys(ROWS);
for (const name of names) {
  if (!(name in ROWS)) throw new Error(`There is no fault ${name}: ${Object.keys(ROWS).join(', ')}`);
}

const place = await SyncPlace.open({ people: 50, notes: 0 });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => place.close().finally(() => process.exit(1)));
}

const quick = values.quick || values.smoke;
const few = { writers: 10, hands: 0, env: () => ({ ROLE: 'sync' }) };
const extent: Extent = {
  place,
  quick,
  inputs: existsSync(values.inputs) ? values.inputs : null,
  say: (line) => say(`  ${line}`),
  times: (full, some) =>
    values.smoke ? 1 : quick ? some : Math.max(1, Math.round(full * Number(values.share))),
  open,
};

/** The servers that all rows share which need none of their own. */
const shared: { pair: SyncPair | null } = { pair: null };

async function open(options: StageOptions = {}): Promise<Stage> {
  if (values.smoke) return Stage.open(place, { ...few, ...options });
  if (options.env) return Stage.open(place, options);
  shared.pair ??= await openPair(place);
  const { pair } = shared;
  for (const slot of [0, 1]) if (pair.running(slot) === null) await pair.start(slot);
  return Stage.open(place, { ...options, pair });
}

/** Tries one fault; whatever is thrown is how it failed. */
async function attempt(name: string): Promise<Outcome> {
  const run = ROWS[name]?.run;
  if (run === undefined) throw new Error(`There is no fault ${name}`);
  try {
    return await run(extent);
  } catch (error) {
    say(`${name}: ${inspect(error)}`);
    const [message = ''] = (error as Error).message.split('\n');
    return { times: '–', goesOn: '–', others: '–', failures: [message.slice(0, 200)] };
  }
}

const began = `Tried ${new Date().toISOString().slice(0, 10)}${quick ? ', the quick version,' : ''} with Node ${process.versions.node} on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}; the load is that of the machine, what writes included.`;
const lines: string[][] = [];
/** The table so far; it is written after each row, for who ends it early. */
const text = () => `${began}\n\n${table(HEAD, lines)}`;
let failed = false;
try {
  for (const name of names) {
    say(`${name} …`);
    const outcome = await attempt(name);
    failed ||= outcome.failures.length > 0;
    const line = lineOf(ROWS[name]?.title ?? name, outcome, loadavg()[0] ?? 0);
    say(line.join(' | '));
    lines.push(line);
    if (values.write)
      writeBetween(join(import.meta.dirname, '../../docs/reliability.md'), 'fault figures', text());
  }
} finally {
  await shared.pair?.close();
  await place.close();
}
process.stdout.write(`${text()}\n`);
process.exitCode = failed ? 1 : 0;
