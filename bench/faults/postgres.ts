import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, openClient } from '../../db/client';
import { fillDisk, mountSmallDisk } from '../../tests/support/small-disk';
import { SyncPlace } from '../../tests/support/sync-processes';
import { failuresOf, type Outcome, on, type Row, skipped } from './row';
import { Stage } from './stage';
import { pause, seconds, untilSo } from './waiting';

/** Postgres is stopped, in order or at once, and started again, so many times. */
const restarted =
  (atOnce: boolean): Row['run'] =>
  ({ place, say, open, times }) =>
    on(open(), async (stage): Promise<Outcome> => {
      const count = times(20, 2);
      let [longest, lost] = [0, 0];
      for (let time = 0; time < count; time++) {
        await stage.goesOn();
        await pause((time * 53) % 150);
        const promised = stage.writers.map((writer) => writer.promised);
        await place.restartPostgres({ atOnce });
        const goesOn = stage.goesOn();
        lost += await stage.missing(promised);
        longest = Math.max(longest, await goesOn);
        if ((time + 1) % 5 === 0) say(`${time + 1} of ${count}`);
      }
      const done = await stage.finish();
      const closings = stage.writers.reduce((sum, writer) => sum + writer.closings, 0);
      return {
        times: `${count}`,
        done: { ...done, lost: done.lost + lost },
        goesOn: seconds(longest),
        others: `${closings} sockets closed in all`,
        failures: failuresOf({
          'something that was called saved is gone': done.lost + lost === 0,
          'writing went on later than 10 s after': longest <= 10_000,
        }),
      };
    });

/** Takes every connection that Postgres has, the servers' own included; answers how to give them back. */
async function takeAll(place: SyncPlace): Promise<() => Promise<void>> {
  const taken: Client[] = [];
  const take = async () => {
    const client = openClient(place.connection);
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query("set application_name = 'taker'");
      taken.push(client);
      return true;
    } catch {
      // There is none left, which is what it is tried for.
      return false;
    }
  };
  await take();
  const [first] = taken;
  if (first === undefined) throw new Error('There was no connection to begin with');
  await untilSo('nobody else has a connection', async () => {
    while (await take());
    const others = await first.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name <> 'taker' and backend_type = 'client backend'`,
    );
    return others.rowCount === 0;
  });
  return async () => {
    await Promise.all(taken.map((client) => client.end()));
  };
}

const exhausted: Row['run'] = ({ place, quick, open }) =>
  on(open(), async (stage): Promise<Outcome> => {
    const closed = () => stage.writers.reduce((sum, { closings }) => sum + closings, 0);
    const promised = stage.writers.map((writer) => writer.promised);
    const giveBack = await takeAll(place);
    for (const hand of stage.hands) hand.slowestRefusal = hand.refusals = 0;
    const before = closed();
    await pause(quick ? 4_000 : 15_000);
    const slowest = Math.max(...stage.hands.map(({ slowestRefusal }) => slowestRefusal));
    const refusals = stage.hands.reduce((sum, hand) => sum + hand.refusals, 0);
    const dropped = closed() - before;
    await giveBack();
    const goesOn = await stage.goesOn();
    const missing = await stage.missing(promised);
    const done = await stage.finish();
    return {
      times: `1 × ${quick ? 4 : 15} s`,
      done: { ...done, lost: done.lost + missing },
      goesOn: seconds(goesOn),
      others: `${refusals} answers of 503, the slowest after ${seconds(slowest)}; ${dropped} sockets closed`,
      failures: failuresOf({
        'something that was called saved is gone': done.lost + missing === 0,
        'nothing was answered with 503': refusals > 0,
        'an answer of 503 took over 2 s': slowest <= 2_000,
        'sockets closed': dropped === 0,
        'writing went on later than 5 s after': goesOn <= 5_000,
      }),
    };
  });

const DISK_MIB = 64;

const full: Row['run'] = async ({ quick }) => {
  const folder = mkdtempSync(join(tmpdir(), 'gloss-disk-'));
  if (!mountSmallDisk(folder, `${DISK_MIB}m`)) {
    rmSync(folder, { recursive: true });
    return skipped('not tried: this machine does not let us mount a small disk');
  }
  try {
    const settings = { min_wal_size: '32MB', max_wal_size: '32MB' };
    const place = await SyncPlace.open({ people: 10, notes: 0, settings, under: folder });
    try {
      return await fullOn(place, folder, quick);
    } finally {
      await place.close();
    }
  } finally {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
};

async function fullOn(place: SyncPlace, folder: string, quick: boolean): Promise<Outcome> {
  const env = (slot: number) => ({ GLOSS_DATA_DIR: join(folder, `server-${slot}`) });
  return on(Stage.open(place, { env }), async (stage) => {
    const pid = place.postgresPid;
    const promised = stage.writers.map((writer) => writer.promised);
    const makeRoom = fillDisk(folder);
    const began = performance.now();
    const holds = quick ? 20_000 : 60_000;
    let [seen, stuckAfter] = [stage.writers.map(({ saved }) => saved), Number.NaN];
    // What is written fits into what Postgres had set aside, for a while.
    while (performance.now() - began < holds) {
      await pause(2_000);
      const now = stage.writers.map(({ saved }) => saved);
      if (Number.isNaN(stuckAfter) && now.every((saved, at) => saved === seen[at]))
        stuckAfter = performance.now() - began;
      seen = now;
    }
    const { bavail, bsize } = statfsSync(folder);
    const refusals = stage.hands.reduce((sum, hand) => sum + hand.refusals, 0);
    makeRoom();
    const goesOn = await stage.goesOn();
    const panics = readFileSync(join(place.folder, 'postgres.log'), 'utf8').split('PANIC:').length - 1;
    // Connections of our own may have ended with a Postgres that gave up.
    await untilSo('we are let in again', async () =>
      (await Promise.all(Array.from({ length: 4 }, () => place.answers()))).every(Boolean),
    );
    const missing = await stage.missing(promised);
    const done = await stage.finish();
    const isSame = place.postgresPid === pid;
    const stuck = Number.isNaN(stuckAfter) ? 'was never stuck' : `was stuck ${seconds(stuckAfter)} after`;
    return {
      times: `1 × ${holds / 1_000} s with ${(bavail * bsize) >> 10} KiB of ${DISK_MIB} MiB left`,
      done: { ...done, lost: done.lost + missing },
      goesOn: seconds(goesOn),
      others: `saving ${stuck}; ${refusals} answers of 503; Postgres gave up and recovered ${panics} times; neither server was started again`,
      failures: failuresOf({
        'something that was called saved is gone': done.lost + missing === 0,
        'saving never stood still: the disk was not full enough': !Number.isNaN(stuckAfter),
        'Postgres was started again': isSame,
      }),
    };
  });
}

/** What befalls Postgres. */
export const POSTGRES: Record<string, Row> = {
  restart: { title: 'Postgres is restarted', run: restarted(false) },
  'immediate-stop': { title: 'Postgres is stopped at once, without tidying', run: restarted(true) },
  connections: { title: 'All connections of Postgres are taken', run: exhausted },
  disk: { title: 'The disk is full, for Postgres and for both servers', run: full },
};
