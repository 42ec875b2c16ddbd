import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPrograms } from '../../scripts/build.mjs';
import { MEASURES, type MeasureName } from './measures';
import { openOurPlace } from './our-place';
import { NAMES } from './servers';
import { writeBetween } from './tables';
import { readTrace } from './trace';

const ROOT = join(import.meta.dirname, '../..');
const PEERS = join(import.meta.dirname, 'peers');
const say = (line: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);

const { values } = parseArgs({
  options: {
    /** Some minutes instead of an hour: one short round, and fewer servers. */
    quick: { type: 'boolean', default: false },
    /** Names of measures, comma separated. */
    only: { type: 'string' },
    /** Names or parts of names of servers, comma separated, to measure few of them; ours is `Gloss`. */
    servers: { type: 'string' },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    /** The recorded edits of a paper, `edit-history/paper.json.gz` of automerge-perf; without it edits are made up. */
    trace: { type: 'string' },
    /** Says which functions of our server took the time. */
    profile: { type: 'boolean', default: false },
    /** Puts the tables into docs/performance.md. */
    write: { type: 'boolean', default: false },
  },
});

const chosen = (values.only?.split(',') ?? Object.keys(MEASURES)) as MeasureName[];
for (const name of chosen) {
  if (!(name in MEASURES))
    throw new Error(`There is no measure ${name}: ${Object.keys(MEASURES).join(', ')}`);
}
const FEW = 'relay,y-websocket-server,Hocuspocus,Hocuspocus + Postgres,Gloss';
const parts = (values.servers ?? (values.quick ? FEW : '')).split(',');
const names = NAMES.filter((name) =>
  parts.some((part) => (NAMES.some((one) => one === part) ? name === part : name.includes(part))),
);

if (!existsSync(join(PEERS, 'node_modules'))) {
  say('installing the other servers');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: PEERS,
    stdio: 'inherit',
  });
}
await buildPrograms();
say('starting Postgres with its people');
const place = await openOurPlace(ROOT);
const profile = values.profile ? mkdtempSync(join(tmpdir(), 'gloss-profile-')) : null;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => place.close().finally(() => process.exit(1)));
}
const text: string[] = [
  `Measured ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, load ${loadavg()[0]?.toFixed(1)} at the start.`,
];
try {
  for (const name of chosen) {
    const extent = {
      rounds: Number(values.rounds ?? (values.quick ? 1 : 3)),
      seconds: Number(values.seconds ?? (values.quick ? 4 : 10)),
      quick: values.quick,
      trace: () => readTrace(values.trace ?? null, join(ROOT, '.bench')),
      names,
      place,
      profile,
      say,
    };
    const section = await MEASURES[name](extent);
    process.stdout.write(`${section}\n\n`);
    text.push(section);
  }
} finally {
  await place.close();
  if (profile !== null) rmSync(profile, { recursive: true, force: true });
}
if (values.write) writeBetween(join(ROOT, 'docs/performance.md'), 'sync figures', text.join('\n\n'));
