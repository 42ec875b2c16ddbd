import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeError } from '@/server/log';
import { type TestDatabase, testDatabase } from '@/tests/support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.end());

const CANARY = 'a sentence that somebody wrote';

it.each([
  ['a value of the wrong kind', sql`select ${CANARY}::integer`],
  ['a statement that is none', sql`select ${CANARY} from nowhere_at_all`],
  [
    'a key that is taken',
    sql`insert into users (id, email, name) select gen_random_uuid(), ${CANARY}, 'x' from generate_series(1, 2)`,
  ],
])('the log keeps nothing of what a query was sent with, also not of %s', async (_, query) => {
  const error = await database.db.execute(query).catch((reason: unknown) => reason);
  expect(String(error)).toContain(CANARY);
  const kept = JSON.stringify(describeError(error));
  expect(kept).not.toContain(CANARY);
  expect(kept).toContain('"code":"');
  expect(kept).toContain('log.test.ts');
});

it('the log says what else went wrong, and why, in its own words', () => {
  const error = new Error('The disk is full', { cause: new RangeError('No room') });
  expect(describeError(error)).toMatchObject({
    type: 'Error',
    message: 'The disk is full',
    cause: { type: 'RangeError', message: 'No room' },
  });
});
