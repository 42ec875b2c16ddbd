import { afterAll, beforeAll } from 'vitest';
import type { TestDatabase } from './database';
import { addPerson, addProject, openInstance, type Person } from './instance';

/** An instance with one project and its owner. A test file that imports these has them from its first test on. */
export let database: TestDatabase;
export let owner: Person;
export let projectId: string;

beforeAll(async () => {
  database = await openInstance();
  owner = await addPerson(database, 'Owner');
  projectId = await addProject(database, owner);
});
afterAll(() => database.end());
