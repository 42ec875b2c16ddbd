import { database, type Transaction } from '../db/client';
import { insertCode, selectCode, selectCodes, updateCodeRow } from '../db/codebook';
import { lockProject } from '../db/events';
import type { Grant } from '../lib/access/grant';
import type { Code } from '../lib/codebook/code';
import { CODE_COLOURS } from '../lib/codebook/colours';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import { baseRevision, changedMeanwhile, notFound } from './edit';
import { publish } from './events/publish';

/** Refuses a name that another code has; under the project's lock, so that two who add the same name see each other. */
async function mustBeNew(tx: Transaction, grant: Grant, id: string, name: string): Promise<Code[]> {
  const codes = await selectCodes(tx, grant);
  const twin = codes.find((code) => code.id !== id && code.name.toLowerCase() === name.toLowerCase());
  if (twin) throw new AppError('conflict', `There is a code “${twin.name}” already.`);
  return codes;
}

/** Adds a code; without a colour it takes the next one in turn. The same id twice answers the existing code. */
export async function createCode(
  grant: Grant,
  input: { id?: string; name: string; colour?: Code['colour']; definition: string },
): Promise<Code> {
  const id = input.id ?? newId();
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const codes = await mustBeNew(tx, grant, id, input.name);
    const colour = input.colour ?? CODE_COLOURS[codes.length % CODE_COLOURS.length] ?? 'amber';
    const made = await insertCode(tx, grant, { id, name: input.name, colour, definition: input.definition });
    const code = await selectCode(tx, grant, id, { deleted: true });
    if (code === null) throw new AppError('conflict', 'This id is taken. Choose another.');
    if (made) await publish(tx, grant, { type: 'code.created', subject: code });
    return code;
  });
}

/** The codebook of a project. */
export async function listCodes(grant: Grant): Promise<{ items: Code[]; nextCursor: null }> {
  return { items: await selectCodes(database(), grant), nextCursor: null };
}

async function change(
  grant: Grant,
  id: string,
  fields: { name?: string; colour?: string; definition?: string; deleted?: boolean },
  ifMatch: number | null,
): Promise<Code> {
  return database().transaction(async (tx) => {
    // Before any row: to publish takes it too, and two in the other order would wait for each other.
    await lockProject(tx, grant);
    const before = await selectCode(tx, grant, id);
    if (before === null) throw notFound('code');
    if (fields.name !== undefined) await mustBeNew(tx, grant, id, fields.name);
    if (!(await updateCodeRow(tx, grant, id, baseRevision(before, ifMatch), fields)))
      throw changedMeanwhile();
    const code = (await selectCode(tx, grant, id, { deleted: true })) as Code;
    await publish(tx, grant, { type: fields.deleted ? 'code.deleted' : 'code.updated', subject: code });
    return code;
  });
}

/** Renames, recolours or redefines a code. @throws AppError conflict when it moved on. */
export async function updateCode(
  grant: Grant,
  id: string,
  fields: { name?: string; colour?: string; definition?: string },
  ifMatch: number | null,
): Promise<Code> {
  return change(grant, id, fields, ifMatch);
}

/** Takes a code out of the codebook; the passages marked with it keep their marks. */
export async function deleteCode(grant: Grant, id: string, ifMatch: number | null): Promise<Code> {
  return change(grant, id, { deleted: true }, ifMatch);
}
