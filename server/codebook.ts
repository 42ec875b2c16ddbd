import { database, type Transaction } from '../db/client';
import {
  areMarks,
  type CodeRowChange,
  insertCode,
  insertCodeVersion,
  isNote,
  selectCode,
  selectCodes,
  selectGoneCodes,
  updateCodeRow,
} from '../db/codebook';
import { insertDeed } from '../db/codings';
import type { Grant } from '../lib/access/grant';
import type { Code, CodeChange, CodeMove } from '../lib/codebook/code';
import { CODE_COLOURS } from '../lib/codebook/colours';
import { AppError } from '../lib/errors';
import { newId } from '../lib/new-id';
import { holdCodebook, learn, moveChildren, mustBeNew, mustFindPlace, mustHave } from './codebook/hold';
import { baseRevision } from './edit';
import { publish, publishAll } from './events/publish';

type NewWords = { name: string; definition?: string; whenToUse?: string; whenNot?: string };

/**
 * Adds a code as the last under its parent; without a colour it takes the next one in turn. The same id twice answers the
 * existing code.
 */
export async function createCode(
  grant: Grant,
  input: NewWords & { id?: string; colour?: Code['colour']; parentId?: string | null },
): Promise<Code> {
  const id = input.id ?? newId();
  return database().transaction(async (tx) => {
    const held = await holdCodebook(tx, grant);
    mustBeNew(held, id, input.name);
    const made = await insertCode(tx, grant, {
      id,
      name: input.name,
      colour: input.colour ?? CODE_COLOURS[held.codes.length % CODE_COLOURS.length] ?? 'amber',
      definition: input.definition ?? '',
      whenToUse: input.whenToUse ?? '',
      whenNot: input.whenNot ?? '',
      splitFrom: null,
      ...mustFindPlace(held, id, { parentId: input.parentId ?? null }),
    });
    const code = made ?? (await selectCode(tx, grant, id, { deleted: true }));
    if (code === null) throw new AppError('conflict', 'This id is taken. Choose another.');
    if (made) await publish(tx, grant, { type: 'code.created', subject: made });
    return code;
  });
}

/** The codebook of a project, or the codes that are `gone` from it: removed or merged, and to be brought back. */
export async function listCodes(grant: Grant, gone = false): Promise<{ items: Code[]; nextCursor: null }> {
  const select = gone ? selectGoneCodes : selectCodes;
  return { items: await select(database(), grant), nextCursor: null };
}

/**
 * Changes what a code says and shows. Other words (name, definition, when to use, when not) are a version of them.
 * @throws AppError conflict when it moved on, invalid when an example or the memo is not in the project.
 */
export async function updateCode(
  grant: Grant,
  id: string,
  fields: CodeChange,
  ifMatch: number | null,
): Promise<Code> {
  return database().transaction(async (tx) => {
    const held = await holdCodebook(tx, grant);
    const before = mustHave(held, id);
    baseRevision(before, ifMatch);
    if (fields.name !== undefined) mustBeNew(held, id, fields.name);
    await mustExist(tx, grant, before, fields);
    const words = { ...wordsOf(before), ...wordsOf(fields) };
    const isOther = Object.entries(wordsOf(before)).some(([key, value]) => words[key] !== value);
    const definitionVersion = before.definitionVersion + (isOther ? 1 : 0);
    const change: CodeRowChange = { ...fields, definitionVersion };
    const code = await updateCodeRow(tx, grant, id, change);
    if (isOther) await insertCodeVersion(tx, grant, code);
    await publish(tx, grant, { type: 'code.updated', subject: code });
    return code;
  });
}

function wordsOf({ name, definition, whenToUse, whenNot }: Partial<NewWords>): Record<string, string> {
  const words = { name, definition, whenToUse, whenNot };
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}

async function mustExist(tx: Transaction, grant: Grant, before: Code, fields: CodeChange): Promise<void> {
  const picked = (fields.exampleIds ?? []).filter((id) => !before.exampleIds.includes(id));
  if (!(await areMarks(tx, grant, picked)))
    throw new AppError('invalid', 'An example is not a mark of this project any more. Pick another.');
  if (fields.memoNoteId && !(await isNote(tx, grant, fields.memoNoteId)))
    throw new AppError('invalid', 'There is no such note in this project to be the memo.');
}

/** Puts a code under another, or elsewhere among its siblings. @throws AppError invalid when it would stand below itself. */
export async function moveCode(grant: Grant, id: string, move: CodeMove): Promise<Code> {
  return database().transaction(async (tx) => {
    const held = await holdCodebook(tx, grant);
    mustHave(held, id);
    const code = await updateCodeRow(tx, grant, id, mustFindPlace(held, id, move));
    await publish(tx, grant, { type: 'code.moved', subject: code });
    return code;
  });
}

/**
 * Takes a code out of the codebook so that it can be brought back; the passages marked with it keep their marks, and the
 * codes under it move up to its place.
 */
export async function deleteCode(grant: Grant, id: string, ifMatch: number | null): Promise<Code> {
  return database().transaction(async (tx) => {
    const held = await holdCodebook(tx, grant);
    const before = mustHave(held, id);
    baseRevision(before, ifMatch);
    const { codes, children } = await moveChildren(held, id, { parentId: before.parentId, after: id });
    const code = learn(held, await updateCodeRow(tx, grant, id, { deleted: true }));
    await insertDeed(tx, grant, { id: newId(), kind: 'delete', codeId: id, otherId: null, children }, []);
    await publishAll(tx, grant, [
      { type: 'code.deleted', subject: code },
      ...codes.map((subject) => ({ type: 'code.moved' as const, subject })),
    ]);
    return code;
  });
}
