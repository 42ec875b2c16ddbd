import { database } from '../../db/client';
import { insertCode, selectCode, updateCodeRow } from '../../db/codebook';
import { countShown, endDeed, insertDeed, lockCodings, recode, selectDeed } from '../../db/codings';
import type { Grant } from '../../lib/access/grant';
import type { Code, CodeSplit, CodesChanged } from '../../lib/codebook/code';
import { CODE_COLOURS } from '../../lib/codebook/colours';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import {
  type Held,
  holdCodebook,
  learn,
  moveChildren,
  mustBeNew,
  mustFindPlace,
  mustHave,
  placeAgain,
} from './hold';
import { mustStillBe } from './merge-codes';
import { tellOfDeed } from './tell';

/**
 * Splits a new code off: the chosen codings go to it, as made under its words. Codings that are chosen and are not of the
 * code any more stay as they are. The same id again, after it was undone, splits it off anew.
 */
export async function splitCode(grant: Grant, id: string, input: CodeSplit): Promise<CodesChanged> {
  return database().transaction(async (tx) => {
    const held = await holdCodebook(tx, grant);
    const from = mustHave(held, id);
    const newCodeId = input.id ?? newId();
    const known = held.codes.find((code) => code.id === newCodeId);
    // The answer to the first try was lost.
    if (known?.splitFrom === id) return { items: [known], moved: 0 };
    const code = learn(held, await makeOrBringBack(held, from, { ...input, id: newCodeId }));
    const codings = await lockCodings(tx, grant, id, input.annotationIds);
    await insertDeed(
      tx,
      grant,
      { id: newId(), kind: 'split', codeId: code.id, otherId: id, children: [] },
      codings.map((one) => ({ ...one, hadBoth: false })),
    );
    const changed = await recode(
      tx,
      grant,
      { codeId: id, annotationIds: codings.map(({ annotationId }) => annotationId) },
      {
        codeId: code.id,
        codings: codings.map(({ annotationId }) => ({
          annotationId,
          definitionCodeId: code.id,
          definitionVersion: code.definitionVersion,
        })),
      },
    );
    const moved = await countShown(
      tx,
      codings.map(({ annotationId }) => annotationId),
    );
    const subject = { id: code.id, code, other: from, codes: [], moved };
    await tellOfDeed(held, { type: 'code.split', subject }, changed);
    return { items: [code], moved };
  });
}

async function makeOrBringBack(held: Held, from: Code, input: CodeSplit & { id: string }): Promise<Code> {
  const { tx, grant, codes } = held;
  const { id, name } = input;
  mustBeNew(held, id, name);
  const place = mustFindPlace(held, id, { parentId: from.parentId, after: from.id });
  const made = await insertCode(tx, grant, {
    id,
    name,
    colour: input.colour ?? CODE_COLOURS[codes.length % CODE_COLOURS.length] ?? 'amber',
    definition: input.definition,
    whenToUse: '',
    whenNot: '',
    splitFrom: from.id,
    ...place,
  });
  if (made !== null) return made;
  const code = await selectCode(tx, grant, id, { deleted: true });
  if (code === null || code.deleted === null || code.splitFrom !== from.id)
    throw new AppError('conflict', 'This id is taken. Choose another.');
  mustBeNew(held, id, code.name);
  return updateCodeRow(tx, grant, id, { deleted: false, mergedInto: null, ...placeAgain(held, code) });
}

/**
 * Takes a split back: every coding of the code goes to the one it was split from, those that went over as they were before.
 * @throws AppError conflict when it was not split off, or the code it was split from is gone.
 */
export async function unsplitCode(grant: Grant, id: string): Promise<CodesChanged> {
  return database().transaction(async (tx) => {
    const held = await holdCodebook(tx, grant);
    const before = mustHave(held, id);
    const found = await selectDeed(tx, grant, id, ['split']);
    if (found === null || found.deed.otherId === null)
      throw new AppError('conflict', `“${before.name}” was not split from another code.`);
    const other = await mustStillBe(held, found.deed.otherId);
    const went = new Map(found.codings.map((one) => [one.annotationId, one]));
    const codings = await lockCodings(tx, grant, id);
    const { codes } = await moveChildren(held, id, { parentId: before.parentId, after: id });
    const code = learn(held, await updateCodeRow(tx, grant, id, { deleted: true }));
    await endDeed(tx, grant, found.deed.id);
    const changed = await recode(
      tx,
      grant,
      { codeId: id, annotationIds: codings.map(({ annotationId }) => annotationId) },
      { codeId: other.id, codings: codings.map((one) => went.get(one.annotationId) ?? one) },
    );
    const moved = await countShown(
      tx,
      codings.map(({ annotationId }) => annotationId),
    );
    const subject = { id, code, other, codes, moved };
    await tellOfDeed(held, { type: 'code.unsplit', subject }, changed);
    return { items: [code, ...codes], moved };
  });
}
