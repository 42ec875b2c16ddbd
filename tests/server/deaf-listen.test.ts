import '@/tests/support/test-environment';
import { Socket } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { notify } from '@/db/notify';
import { listen } from '@/server/events/listen';
import { type TestDatabase, testDatabase } from '@/tests/support/database';
import { addressThrough, Relay } from '@/tests/support/relay';
import { until } from '@/tests/support/socket';

let database: TestDatabase;
let relay: Relay;
beforeAll(async () => {
  database = await testDatabase();
  const { host, port } = database.connection as unknown as { host: string; port: number };
  relay = await Relay.open(() => ({ path: `${host}/.s.PGSQL.${port}` }));
});
afterAll(async () => {
  await relay.close();
  await database.end();
});

it('A LISTEN connection that went dead without a word is opened anew, and what was missed is looked up', async () => {
  const { user, database: name } = database.connection as unknown as { user: string; database: string };
  const through = { connectionString: addressThrough(relay, { user, database: name }) };
  const bus = await listen(through, { every: 50, patience: 200 });
  const heard: string[] = [];
  let gaps = 0;
  bus.on('gloss_access', (payload) => heard.push(payload));
  bus.onGap(() => gaps++);
  await notify(database.db, 'gloss_access', 'before');
  await until(() => heard.length === 1);

  expect(relay.mute()).toBe(1);
  await notify(database.db, 'gloss_access', 'lost');
  await until(() => gaps === 1);
  await notify(database.db, 'gloss_access', 'after');
  await until(() => heard.length === 2);
  expect(heard).toEqual(['before', 'after']);
  await bus.close();
});

/** Stands still, as a process does that is short of time: nothing is read meanwhile, and no clock is looked at. */
const standStill = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

it('A LISTEN connection whose answer came while this process stood still is kept', async () => {
  const { write } = Socket.prototype;
  let asked = 0;
  const spy = vi.spyOn(Socket.prototype, 'write').mockImplementation(function (this: Socket, ...given) {
    const went = write.apply(this, given as Parameters<typeof write>);
    if (!Buffer.from(given[0] as Uint8Array).includes('select 1')) return went;
    asked += 1;
    // The question is out; its answer comes meanwhile, and is late by the clock before anything is read.
    if (asked <= 3) setImmediate(() => standStill(300));
    return went;
  });
  const bus = await listen(database.connection, { every: 50, patience: 200 });
  let gaps = 0;
  bus.onGap(() => gaps++);
  const heard: string[] = [];
  bus.on('gloss_access', (payload) => heard.push(payload));
  await until(() => asked >= 5);
  await notify(database.db, 'gloss_access', 'after');
  await until(() => heard.length === 1);
  expect(gaps).toBe(0);
  spy.mockRestore();
  await bus.close();
});
