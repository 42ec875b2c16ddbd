import { type Db, database } from '../db/client';
import { lockProject } from '../db/events';
import {
  insertVariable,
  putValue,
  selectSubject,
  selectValues,
  selectVariable,
  selectVariables,
  updateVariableRow,
} from '../db/variables';
import type { Grant } from '../lib/access/grant';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import {
  type NewVariable,
  readValue,
  type Variable,
  type VariableChange,
  type VariableValue,
} from '../lib/variables/variable';
import { baseRevision, changedMeanwhile, notFound } from './edit';
import { publish } from './events/publish';

/** Variables of one project: far more than anybody fills in. */
const MOST = 500;

/** All variables of the project, in the order they were made. */
export async function listVariables(grant: Grant): Promise<{ items: Variable[]; nextCursor: null }> {
  return { items: await selectVariables(database(), grant), nextCursor: null };
}

/**
 * Makes a variable. The same id twice answers the existing one.
 * @throws AppError conflict when its name is taken, too-large when there are as many as a project takes.
 */
export async function createVariable(grant: Grant, input: NewVariable): Promise<Variable> {
  const id = input.id ?? newId();
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const again = await selectVariable(tx, grant, id);
    if (again !== null) return again;
    const all = await selectVariables(tx, grant);
    if (all.length >= MOST)
      throw new AppError('too-large', `A project has at most ${MOST} variables. Delete one first.`);
    mustBeFree(all, input, null);
    if (!(await insertVariable(tx, grant, { ...input, id })))
      throw new AppError('conflict', 'This id is taken. Choose another.');
    return tell(tx, grant, id, 'variable.created');
  });
}

/** @throws AppError conflict when another variable of the same things has the name. */
function mustBeFree(
  all: readonly Variable[],
  { of, name }: Pick<Variable, 'of' | 'name'>,
  id: string | null,
) {
  const same = all.some(
    (one) => one.of === of && one.id !== id && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (same) throw new AppError('conflict', `There is a variable “${name}” already. Choose another name.`);
}

type Tx = Parameters<typeof publish>[0];

async function tell(
  tx: Tx,
  grant: Grant,
  id: string,
  type: 'variable.created' | 'variable.updated' | 'variable.deleted' | 'variable.restored',
): Promise<Variable> {
  const variable = await find(tx, grant, id);
  await publish(tx, grant, { type, subject: variable });
  return variable;
}

async function find(db: Db, grant: Grant, id: string): Promise<Variable> {
  const variable = await selectVariable(db, grant, id);
  if (variable === null) throw notFound('variable');
  return variable;
}

/**
 * Renames a variable or says what can be chosen; values that are no longer among the choices stay until they are changed.
 * @throws AppError conflict when it moved on, was deleted, or the name is taken; invalid for a choice of nothing.
 */
export async function updateVariable(
  grant: Grant,
  id: string,
  change: VariableChange,
  ifMatch: number | null,
): Promise<Variable> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await find(tx, grant, id);
    if (before.deleted !== null)
      throw new AppError('conflict', 'This variable was deleted. Restore it first.');
    if (before.kind === 'choice' && change.choices?.length === 0)
      throw new AppError('invalid', 'Say what can be chosen.');
    if (change.name !== undefined)
      mustBeFree(await selectVariables(tx, grant), { of: before.of, name: change.name }, id);
    if (!(await updateVariableRow(tx, grant, id, baseRevision(before, ifMatch), change)))
      throw changedMeanwhile();
    return tell(tx, grant, id, 'variable.updated');
  });
}

async function setDeleted(grant: Grant, id: string, deleted: boolean, ifMatch: number | null) {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await find(tx, grant, id);
    if ((before.deleted !== null) === deleted) return before;
    if (!deleted) mustBeFree(await selectVariables(tx, grant), before, id);
    if (!(await updateVariableRow(tx, grant, id, baseRevision(before, ifMatch), { deleted })))
      throw changedMeanwhile();
    return tell(tx, grant, id, deleted ? 'variable.deleted' : 'variable.restored');
  });
}

/** Deletes a variable so that it can be restored with its values. @throws AppError not-found, conflict. */
export async function deleteVariable(grant: Grant, id: string, ifMatch: number | null): Promise<Variable> {
  return setDeleted(grant, id, true, ifMatch);
}

/** Restores a deleted variable with its values. @throws AppError not-found, conflict when its name was given away. */
export async function restoreVariable(grant: Grant, id: string): Promise<Variable> {
  return setDeleted(grant, id, false, null);
}

/** What a source or speaker has of the variables; nothing of a protected speaker. */
export async function listValues(
  grant: Grant,
  { subject }: { subject: string },
): Promise<{ items: VariableValue[]; nextCursor: null }> {
  return { items: await selectValues(database(), grant, subject), nextCursor: null };
}

/**
 * Sets the value that a source or speaker has, or takes it away (null).
 * @throws AppError invalid for a value of another kind, conflict for a protected speaker.
 */
export async function setValue(
  grant: Grant,
  variableId: string,
  subjectId: string,
  { value: given }: { value: string | null },
): Promise<{ variableId: string; subjectId: string; value: string | null }> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const variable = await find(tx, grant, variableId);
    if (variable.deleted !== null) throw notFound('variable');
    const subject = await selectSubject(tx, grant, variable.of, subjectId);
    if (subject === null) throw notFound(variable.of);
    if (subject.isProtected)
      throw new AppError('conflict', 'What is known of a protected speaker would tell who it is.');
    const read = given === null ? { value: null } : readValue(variable, given);
    if ('fault' in read) throw new AppError('invalid', read.fault);
    await putValue(tx, grant, variableId, subjectId, read.value);
    // Without the value: of a speaker who is protected later, it would tell who it is for ever.
    await publish(tx, grant, {
      type: 'variable.value-set',
      subject: { id: subjectId, variableId, name: variable.name, of: variable.of },
    });
    return { variableId, subjectId, value: read.value };
  });
}
