import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lastEventId } from '../../db/events';
import { newId } from '../../lib/new-id';
import { SyncPlace } from '../../tests/support/sync-processes';
import { Stage } from '../faults/stage';
import { pause, untilSo } from '../faults/waiting';
import { cpuOf, cpuOfFamily, quantile, residentOf } from '../sync/figures';
import { table, writeBetween } from '../sync/tables';
import { Viewer } from './viewer';

/**
 * A thousand people in one project: each has a page open that hears all that happens and says where it is, fifty of them write in
 * ten notes, and marks are made through the API. Measured is how long a mark takes from its POST to the pages of the others.
 */
const { values } = parseArgs({
  options: {
    people: { type: 'string' },
    seconds: { type: 'string' },
    /** Marks a second. */
    marks: { type: 'string', default: '20' },
    /** A fifth of the people, for some seconds. */
    quick: { type: 'boolean', default: false },
    /** Puts the table into docs/reliability.md. */
    write: { type: 'boolean', default: false },
  },
});
const say = (line: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
process.setMaxListeners(0);
const people = Number(values.people ?? (values.quick ? 200 : 1_000));
const seconds = Number(values.seconds ?? (values.quick ? 10 : 60));
const marksPerSecond = Number(values.marks);
/** So many pages a second go somewhere else. */
const MOVES_PER_SECOND = 10;
/** So many pages are opened at once. */
const AT_ONCE = 50;

const place = await SyncPlace.open({ people, notes: 0 });
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => place.close().finally(() => process.exit(1)));
}
let stage: Stage | null = null;
try {
  stage = await Stage.open(place, { hands: 0 });
  const text = await measure(stage);
  process.stdout.write(`${text}\n`);
  if (values.write)
    writeBetween(join(import.meta.dirname, '../../docs/reliability.md'), 'people figures', text);
} finally {
  await stage?.close();
  await place.close();
}

async function measure(on: Stage): Promise<string> {
  const pids = [0, 1].map((slot) => on.pair.running(slot)?.pid ?? 0);
  const resident = () => pids.reduce((sum, pid) => sum + residentOf(pid), 0) / 1_024;
  const cpu = () => [...pids.map(cpuOf), cpuOfFamily(place.postgresPid), process.cpuUsage().user / 1_000];
  const sentAt = new Map<string, number>();
  const delays: number[] = [];
  const closings = new Map<number, number>();
  let [arrived, bytes] = [0, 0];
  const seen = {
    mark: (id: string, at: number) => {
      const sent = sentAt.get(id);
      if (sent === undefined) return;
      arrived++;
      delays.push(at - sent);
    },
    message: (length: number) => {
      bytes += length;
    },
    closed: (code: number) => closings.set(code, (closings.get(code) ?? 0) + 1),
  };
  const here = { sourceId: on.sourceId };
  const before = resident();
  const start = performance.now();
  const viewers: Viewer[] = [];
  const after = await lastEventId(place.db, place.grant);
  while (viewers.length < people) {
    const some = Array.from({ length: Math.min(AT_ONCE, people - viewers.length) }, (_, at) => {
      const person = viewers.length + at;
      const port = Number(new URL(on.pair.at(person % 2).url).port);
      const path = `/live/${place.projectId}?after=${after}`;
      return new Viewer(port, path, place.tokens[person] ?? '', here, seen);
    });
    await untilSo('pages are open', () => some.every(({ isReady }) => isReady), 120_000);
    viewers.push(...some);
  }
  const opened = performance.now() - start;
  say(`${people} pages open after ${Math.round(opened / 1_000)} s`);
  await pause(3_000);
  const grown = resident() - before;
  const [bytesBefore, cpuBefore, began] = [bytes, cpu(), performance.now()];
  const answers: number[] = [];
  let [made, refused] = [0, 0];
  const posts: Promise<void>[] = [];
  let moved = 0;
  for (let turn = 0; turn < seconds * marksPerSecond; turn++) {
    while (performance.now() - began < (turn * 1_000) / marksPerSecond) await pause(2);
    const id = newId();
    sentAt.set(id, performance.now());
    posts.push(
      post(on, turn, id).then(({ ok, ms }) => {
        if (ok) made++;
        else refused++;
        answers.push(ms);
      }),
    );
    while (moved < ((performance.now() - began) / 1_000) * MOVES_PER_SECOND) {
      const at = moved % 2 === 0 ? { sourceId: null } : here;
      viewers[(moved++ * 37) % viewers.length]?.move(at);
    }
  }
  await Promise.all(posts);
  await untilSo('all marks came to all', () => arrived >= made * people, 30_000).catch(() =>
    say('not all marks came'),
  );
  const took = performance.now() - began;
  const used = cpu().map((ms, at) => (ms - (cpuBefore[at] ?? 0)) / took);
  const [first = 0, second = 0, postgres = 0, self = 0] = used;
  const p99 = on.p99();
  for (const viewer of viewers) viewer.leave();
  const done = await on.finish();
  const share = (value: number) => `${Math.round(value * 100)} %`;
  const closed = [...closings].map(([code, count]) => `${count} × ${code}`).join(', ') || 'none';
  const lines = [
    ['pages open, on two servers', `${people}, all after ${(opened / 1_000).toFixed(1)} s`],
    ['marks made, refused', `${made} in ${Math.round(took / 1_000)} s, ${refused}`],
    ['marks that came to a page, of all that had to', `${arrived} of ${made * people}`],
    [
      'from POST to another page, p50 / p95 / p99',
      [0.5, 0.95, 0.99].map((q) => `${Math.round(quantile(delays, q))} ms`).join(' / '),
    ],
    [
      'from POST to its answer, p50 / p95 / p99',
      [0.5, 0.95, 0.99].map((q) => `${Math.round(quantile(answers, q))} ms`).join(' / '),
    ],
    ['a letter to another writer, p99', `${Math.round(p99)} ms`],
    [
      'one core of the servers, of Postgres, of what measures',
      `${share(first)} + ${share(second)}, ${share(postgres)}, ${share(self)}`,
    ],
    ['memory a page', `${((grown * 1_024) / people).toFixed(0)} KiB`],
    [
      'sent to the pages',
      `${((bytes - bytesBefore) / took / 1_000).toFixed(1)} MB a second, ${(bytesBefore / 1_000_000).toFixed(0)} MB while they were opened`,
    ],
    ['pages that were closed', closed],
    ['acknowledged edits, lost', `${done.edits}, ${done.lost}`],
  ];
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, load ${loadavg()[0]?.toFixed(1)} at the end, all of this included`;
  return `Measured ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on ${machine}: ${marksPerSecond} marks and ${MOVES_PER_SECOND} moves a second, 50 writers.\n\n${table(['what', 'how much'], lines)}`;
}

async function post(on: Stage, turn: number, id: string): Promise<{ ok: boolean; ms: number }> {
  const start = performance.now();
  const selector = [{ type: 'TextQuoteSelector', exact: 'a draft report', prefix: '', suffix: '' }];
  const response = await fetch(`${on.pair.at(turn % 2).url}/api/projects/${place.projectId}/annotations`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${place.tokens[turn % place.tokens.length]}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ id, sourceId: on.sourceId, motivation: 'highlighting', selector }),
  });
  await response.arrayBuffer();
  return { ok: response.ok, ms: performance.now() - start };
}
