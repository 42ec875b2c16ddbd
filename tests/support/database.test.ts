import { expect, test } from 'vitest';
import { testDatabase } from './database';

test('each test database is migrated, empty and its own', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
  const tables = await one.db.$client.query(
    "select count(*)::int as n from information_schema.tables where table_schema = 'public'",
  );
  expect(tables.rows[0].n).toBeGreaterThan(10);
  await one.db.$client.query('create table only_here (id int)');
  await expect(two.db.$client.query('select * from only_here')).rejects.toThrow('does not exist');
  await Promise.all([one.end(), two.end()]);
});
