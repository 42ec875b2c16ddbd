import '@/tests/support/test-environment';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
