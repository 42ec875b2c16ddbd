import { readdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SyncPair } from '../../tests/support/sync-pair';
import { SyncPlace, seeded } from '../../tests/support/sync-processes';
import { pause, untilSo } from '../faults/waiting';
import { Writer } from '../faults/writer';
import { median, quantile, residentOf } from '../sync/figures';
import { short, table, writeBetween } from '../sync/tables';
import { slopeOf } from './slope';

/**
 * Whether two servers stay as they are while 200 notes are written by 400 people for long, who come and go: memory, files,
 * sockets and connections of Postgres, and how long a letter takes to the other one in its note.
 */
const { values } = parseArgs({
  options: {
    /** Ten minutes where it is not said. */
    hours: { type: 'string' },
    notes: { type: 'string', default: '200' },
    /** A tenth of the notes, for a minute. */
    quick: { type: 'boolean', default: false },
    /** Puts the table into docs/reliability.md. */
    write: { type: 'boolean', default: false },
  },
});
const say = (line: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
process.setMaxListeners(0);
const minutes = values.hours === undefined ? (values.quick ? 1 : 10) : Number(values.hours) * 60;
const notes = values.quick ? 20 : Number(values.notes);
const TYPE_MS = 1_000;
const PEOPLE = 50;
/** A look at everything, so many times in all, but not more often than every 2 s. */
const LOOKS = 120;

type Look = {
  at: number;
  resident: number[];
  files: number[];
  sockets: number;
  connections: number;
  delays: number[];
};

const place = await SyncPlace.open({ people: PEOPLE, notes });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => place.close().finally(() => process.exit(1)));
}
const pair = await SyncPair.open(place, () => ({ ROLE: 'all' }));
const random = seeded(1);
const writers: Writer[] = [];
try {
  const text = await soak();
  process.stdout.write(`${text}\n`);
  if (values.write)
    writeBetween(join(import.meta.dirname, '../../docs/reliability.md'), 'soak figures', text);
} finally {
  for (const writer of writers) writer.close();
  await pair.close();
  await place.close();
}

async function socketsOf(slot: number): Promise<number> {
  const text = await (await fetch(`${pair.at(slot).url}/metrics`)).text();
  return [...text.matchAll(/^gloss_sockets\{[^}]*\} (\d+)$/gm)].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}

async function look(began: number): Promise<Look> {
  const pids = [0, 1].map((slot) => pair.running(slot)?.pid ?? 0);
  const { rows } = await place.db.$client.query(
    "select count(*)::int as count from pg_stat_activity where backend_type = 'client backend'",
  );
  return {
    at: (performance.now() - began) / 3_600_000,
    resident: pids.map((pid) => residentOf(pid) / 1_024),
    files: pids.map((pid) => readdirSync(`/proc/${pid}/fd`).length),
    sockets: (await socketsOf(0)) + (await socketsOf(1)),
    connections: (rows[0] as { count: number }).count,
    delays: writers.flatMap((writer) => writer.takeDelays()),
  };
}

async function soak(): Promise<string> {
  const atRest = await look(performance.now());
  for (const [at, noteId] of place.noteIds.entries()) {
    for (const home of [0, 1])
      writers.push(new Writer(place, pair, noteId, { person: (at * 2 + home) % PEOPLE, home, random }));
    if (at % 20 === 19)
      await untilSo('they are in', () => writers.every(({ typist }) => typist.provider.synced));
  }
  for (const { typist } of writers) typist.type(TYPE_MS);
  say(`${writers.length} people write in ${notes} notes for ${minutes} minutes`);
  await pause(5_000);
  for (const writer of writers) writer.takeDelays();
  const began = performance.now();
  const end = began + minutes * 60_000;
  const looks: Look[] = [];
  const loads: number[] = [];
  let [nextLook, comings] = [began, 0];
  while (performance.now() < end) {
    // Every second somebody goes, and comes back a second later.
    const away = writers[Math.floor(random() * writers.length)];
    away?.typist.provider.disconnect();
    await pause(1_000);
    away?.typist.provider.connect();
    comings++;
    if (performance.now() < nextLook) continue;
    nextLook += Math.max(2_000, (minutes * 60_000) / LOOKS);
    looks.push(await look(began));
    loads.push(loadavg()[0] ?? 0);
  }
  for (const { typist } of writers) typist.pause();
  await untilSo('all is saved', () =>
    writers.every(({ typist }) => typist.provider.synced && typist.isSaved),
  );
  let lost = 0;
  for (const noteId of place.noteIds) {
    const here = writers.filter(({ typist }) => typist.noteId === noteId);
    await untilSo('both have the same', () => new Set(here.map(({ typist }) => typist.shown)).size === 1);
    const stored = await place.stored(noteId);
    if (stored.getXmlFragment('default').toString() !== here[0]?.typist.shown) lost++;
  }
  const edits = writers.reduce((sum, { saved }) => sum + saved, 0);
  for (const writer of writers) writer.typist.provider.disconnect();
  await untilSo('all sockets are closed', async () => (await socketsOf(0)) + (await socketsOf(1)) === 0);
  const after = await look(began);
  const rejections = pair.output().split(/unhandled|uncaught/i).length - 1;
  return tell({ atRest, looks, after, edits, lost, comings, rejections, loads });
}

function tell(found: {
  atRest: Look;
  looks: Look[];
  after: Look;
  edits: number;
  lost: number;
  comings: number;
  rejections: number;
  loads: number[];
}): string {
  const { atRest, looks, after, loads } = found;
  // The first quarter is for what is compiled and kept once.
  const settled = looks.slice(Math.floor(looks.length / 4));
  const slopes = [0, 1].map((slot) => slopeOf(settled.map(({ at, resident }) => [at, resident[slot] ?? 0])));
  const delays = settled.flatMap((one) => one.delays);
  const p99s = settled.map((one) => quantile(one.delays, 0.99)).filter(Number.isFinite);
  const both = (values: readonly number[], unit = '') =>
    values.map((value) => `${short(value)}${unit}`).join(' and ');
  const rows = [
    ['edits, all saved; notes that differ in the end', `${found.edits}; ${found.lost}`],
    ['people who went and came back', `${found.comings}`],
    [
      'RSS of the two servers, MiB: before, at the end, after all left',
      [atRest, looks.at(-1) ?? after, after].map(({ resident }) => both(resident)).join('; '),
    ],
    ['RSS slope after the first quarter, MiB an hour', both(slopes)],
    [
      'open files: before, while they write, after all left',
      [atRest, looks.at(-1) ?? after, after].map(({ files }) => both(files)).join('; '),
    ],
    [
      'sockets: asked for, least and most seen',
      `${writers.length}; ${Math.min(...looks.map(({ sockets }) => sockets))} to ${Math.max(...looks.map(({ sockets }) => sockets))}`,
    ],
    [
      'connections of Postgres, least and most',
      `${Math.min(...looks.map(({ connections }) => connections))} to ${Math.max(...looks.map(({ connections }) => connections))}`,
    ],
    [
      'a letter to the other writer on the other server, p50, p99; the middle of all p99 seen',
      `${short(quantile(delays, 0.5))}, ${short(quantile(delays, 0.99))}; ${short(median(p99s))} ms`,
    ],
    ['rejections nobody handled', `${found.rejections}`],
  ];
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}, the writers included`;
  return `Measured ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${machine}: ${minutes} minutes, ${notes} notes, ${writers.length} people, an edit a second each.\n\n${table(['what', 'how much'], rows)}`;
}
