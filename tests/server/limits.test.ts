import '@/tests/support/test-environment';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setEnv } from '@/env';
import type { TestDatabase } from '@/tests/support/database';
import { addPerson, addProject, ask, call, openInstance, type Person, TEXT } from '@/tests/support/instance';

let database: TestDatabase;

beforeAll(async () => {
  setEnv({ LIMIT_IMPORTS_PER_HOUR: '3' });
  database = await openInstance();
});
afterAll(() => database.end());

describe('Imports', () => {
  it('are limited to so many an hour for each person, previews too, with when to come back', async () => {
    const [busy, other] = [await addPerson(database, 'Busy'), await addPerson(database, 'Other')];
    const projectId = await addProject(database, busy, { editor: other });
    const given = { params: { projectId }, body: { title: 'Report', text: TEXT } };
    const preview = (person: Person) => call('source.preview', person, given);
    expect((await preview(busy)).status).toBe(200);
    await ask('source.create', busy, given);
    expect((await preview(busy)).status).toBe(200);
    for (const refused of [await preview(busy), await call('source.create', busy, given)]) {
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
      expect(((await refused.json()) as { error: { code: string } }).error.code).toBe('rate-limited');
    }
    expect((await preview(other)).status).toBe(200);
  });
});
