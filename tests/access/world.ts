import { deleteMember, insertMember } from '@/db/members';
import { removeProject } from '@/db/projects';
import { ROLES, type Role } from '@/lib/access/roles';
import { newId } from '@/lib/new-id';
import type { TestDatabase } from '@/tests/support/database';
import { addPerson, addProject, addSource, grantOf, type Person } from '@/tests/support/instance';

/** Everybody who may knock: the roles, somebody who was a member, somebody who never was, and nobody. */
export const CALLERS = [...ROLES, 'removed', 'outsider', 'anonymous'] as const;
export type Caller = (typeof CALLERS)[number];
/** How a caller stands to the project they name. */
export const RELATIONS = ['own', 'foreign', 'deleted', 'missing'] as const;
export type Relation = (typeof RELATIONS)[number];

/** A project, and a source in it. */
export type Place = { readonly projectId: string; readonly owner: Person; readonly sourceId: string };

export type World = {
  readonly database: TestDatabase;
  readonly people: Record<Exclude<Caller, 'anonymous'>, Person>;
  readonly places: Record<Relation, Place>;
};

/** A project of these people, one of whom was taken out again. */
export async function addPlace(database: TestDatabase, people: World['people']): Promise<Place> {
  const { owner, editor, annotator, reader, removed } = people;
  const projectId = await addProject(database, owner, { editor, annotator, reader });
  return fill(database, projectId, owner, removed);
}

async function fill(
  database: TestDatabase,
  projectId: string,
  owner: Person,
  removed?: Person,
): Promise<Place> {
  if (removed !== undefined) {
    await insertMember(database.db, { projectId }, removed.userId, 'editor');
    await deleteMember(database.db, grantOf(owner, projectId), removed.userId);
  }
  const { id } = await addSource(grantOf(owner, projectId));
  return { projectId, owner, sourceId: id };
}

/** The callers' own project, one of strangers, one of theirs that was deleted, and one that never was. */
export async function makeWorld(database: TestDatabase): Promise<World> {
  const names = ['owner', 'editor', 'annotator', 'reader', 'removed', 'outsider'] as const;
  const made = await Promise.all(names.map((name) => addPerson(database, name)));
  const people = Object.fromEntries(names.map((name, at) => [name, made[at]])) as World['people'];
  const stranger = await addPerson(database, 'stranger');
  const own = await addPlace(database, people);
  const deleted = await addPlace(database, people);
  await removeProject(database.db, grantOf(people.owner, deleted.projectId));
  const foreign = await fill(database, await addProject(database, stranger), stranger);
  return { database, people, places: { own, foreign, deleted, missing: { ...own, projectId: newId() } } };
}

/** The role of a caller in their own project; `null` for those who are not in it. */
export function roleOf(caller: Caller): Role | null {
  return ROLES.find((role) => role === caller) ?? null;
}
