import { afterAll, beforeAll } from 'vitest';
import type { TestDatabase } from './database';
import { addPerson, addProject, addSource, grantOf, openInstance, type Person } from './instance';

/** An instance with one project, in it a source, an owner and an annotator. A test file that imports these has them from its first test on. */
export let database: TestDatabase;
export let owner: Person;
export let annotator: Person;
export let projectId: string;
export let sourceId: string;

beforeAll(async () => {
  database = await openInstance();
  [owner, annotator] = [await addPerson(database, 'Owner'), await addPerson(database, 'Annotator')];
  projectId = await addProject(database, owner, { annotator });
  sourceId = (await addSource(grantOf(owner, projectId))).id;
});
afterAll(() => database.end());
