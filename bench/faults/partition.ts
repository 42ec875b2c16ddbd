import { WebSocket } from 'ws';
import { issueToken, revokeMyToken } from '../../server/people';
import { addressThrough, type Pair, Relay } from '../../tests/support/relay';
import type { SyncPlace } from '../../tests/support/sync-processes';
import { failuresOf, type Outcome, type Row } from './row';
import type { Stage } from './stage';
import { pause, seconds, untilSo } from './waiting';

/** Postgres as each server reaches it, through a relay of its own that knows which connection listens. */
async function openRelays(place: SyncPlace) {
  const { host, port } = place.connection;
  const listening = new Set<Pair>();
  const relays = await Promise.all(
    [0, 1].map(() =>
      Relay.open(
        () => ({ path: `${host}/.s.PGSQL.${port}` }),
        (bytes, on, pair) => {
          if (bytes.includes('listen gloss_')) listening.add(pair);
          on(bytes);
        },
      ),
    ),
  );
  return { relays, listening };
}

/** A socket that follows the project on a server, by a token that is about to be revoked. */
async function openWatcher(stage: Stage, slot: number) {
  const [owner] = stage.place.people;
  if (owner === undefined) throw new Error('A place needs people');
  const made = await issueToken(owner.userId, { name: 'to be revoked', scopes: ['read'] });
  const url = `${stage.pair.at(slot).url.replace('http', 'ws')}/live/${stage.place.projectId}?token=${made.token}`;
  const socket = new WebSocket(url);
  socket.on('error', () => undefined);
  await untilSo('the watcher is let in', () => socket.readyState === WebSocket.OPEN);
  const actor = stage.place.grant.actor;
  return { socket, revoke: () => revokeMyToken(actor, made.id) };
}

/**
 * Two servers that are cut off from each other: first all between one of them and Postgres is held up for a minute, then only
 * what it hears by LISTEN is lost, without a word to either end, and somebody's token is revoked meanwhile.
 */
const partition: Row['run'] = async ({ place, quick, say, open }) => {
  const { relays, listening } = await openRelays(place);
  const [, relay] = relays;
  const env = (slot: number) => ({
    DATABASE_URL: addressThrough(relays[slot] as Relay, place.connection),
  });
  const stage = await open({ env });
  try {
    const held = quick ? 8_000 : 60_000;
    await place.db.$client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen %'",
    );
    relay?.pause();
    const promised = stage.writers.map((writer) => writer.promised);
    stage.p99();
    await pause(held);
    const meanwhile = stage.p99(stage.at(0));
    relay?.resume();
    const goesOn = await stage.goesOn();
    const missing = await stage.missing(promised);
    const equal = await agree(stage);
    say('held up and let go; now what is heard is lost');

    const watcher = await openWatcher(stage, 1);
    const muted = relay?.mute((pair) => listening.has(pair)) ?? 0;
    const revokedAt = performance.now();
    await watcher.revoke();
    await untilSo('the revoked one is out', () => watcher.socket.readyState === WebSocket.CLOSED, 60_000);
    const revoked = performance.now() - revokedAt;
    const deaf = await agree(stage, 90_000);
    const done = await stage.finish();
    return {
      times: `1 × ${held / 1_000} s, and ${muted} deaf LISTEN`,
      done: { ...done, lost: done.lost + missing },
      goesOn: seconds(goesOn),
      others: `all equal ${seconds(equal)} after; p99 on the other side ${Math.round(meanwhile)} ms meanwhile; while LISTEN is deaf: a revoked token is out after ${seconds(revoked)}, copies equal after ${seconds(deaf)}`,
      failures: failuresOf({
        'something that was called saved is gone': done.lost + missing === 0,
        'copies were equal later than 5 s after': equal <= 5_000,
        'a revoked token was heeded later than 30 s': revoked <= 31_000,
        'a deaf LISTEN was not noticed within 30 s': deaf <= 31_000,
      }),
    } satisfies Outcome;
  } finally {
    await stage.close();
    await Promise.all(relays.map((one) => one.close()));
  }
};

/** Lets everybody pause until all copies are equal, and go on; answers how long that took, ms. */
async function agree(stage: Stage, ms = 60_000): Promise<number> {
  for (const { typist } of stage.writers) typist.pause();
  const took = await untilSo(
    'all copies of each note are equal',
    () =>
      stage.noteIds.every(
        (noteId) =>
          new Set(stage.writers.flatMap(({ typist }) => (typist.noteId === noteId ? [typist.shown] : [])))
            .size === 1,
      ),
    ms,
  );
  stage.type();
  return took;
}

/** What befalls the network between the servers and Postgres. */
export const PARTITIONS: Record<string, Row> = {
  partition: { title: 'Two servers are cut off from each other', run: partition },
};
