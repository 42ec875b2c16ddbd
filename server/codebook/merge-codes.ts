import { database } from '../../db/client';
import { selectCode, updateCodeRow } from '../../db/codebook';
import {
  countShown,
  endDeed,
  insertDeed,
  lockCodings,
  recode,
  selectCoded,
  selectDeed,
} from '../../db/codings';
import type { Grant } from '../../lib/access/grant';
import type { Code, CodesChanged } from '../../lib/codebook/code';
import { subtreeOf } from '../../lib/codebook/tree';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import { notFound } from '../edit';
import {
  giveChildrenBack,
  type Held,
  holdCodebook,
  learn,
  moveChildren,
  mustBeNew,
  mustHave,
  placeAgain,
} from './hold';
import { tellOfDeed } from './tell';

/**
 * Merges a code into another: every passage with it gets the other one, which its children come under. Each coding
 * still knows the words that it was made under, so that it can be reviewed.
 * @throws AppError conflict when one of the two was merged meanwhile, invalid when the other stands below it.
 */
export async function mergeCodes(grant: Grant, id: string, into: string): Promise<CodesChanged> {
  return database().transaction(async (tx) => {
    const held = await holdCodebook(tx, grant);
    await mustNotBeMerged(held, id);
    await mustNotBeMerged(held, into);
    const from = mustHave(held, id);
    const target = mustHave(held, into);
    if (id === into) throw new AppError('invalid', 'A code can’t be merged into itself. Choose another.');
    if (subtreeOf(held.codes, id).has(into))
      throw new AppError(
        'invalid',
        `“${target.name}” stands below “${from.name}”. Move it out first, or merge it the other way round.`,
      );
    const codings = await lockCodings(tx, grant, id);
    const ids = codings.map(({ annotationId }) => annotationId);
    const coded = await selectCoded(tx, grant, into, ids);
    const { codes, children } = await moveChildren(held, id, { parentId: into, after: undefined });
    const code = learn(held, await updateCodeRow(tx, grant, id, { deleted: true, mergedInto: into }));
    const kept = codings.map((one) => ({ ...one, hadBoth: coded.has(one.annotationId) }));
    await insertDeed(tx, grant, { id: newId(), kind: 'merge', codeId: id, otherId: into, children }, kept);
    const changed = await recode(
      tx,
      grant,
      { codeId: id, annotationIds: ids },
      { codeId: into, codings: codings.filter(({ annotationId }) => !coded.has(annotationId)) },
    );
    const moved = await countShown(
      tx,
      codings.map(({ annotationId }) => annotationId),
    );
    const subject = { id, code, other: target, codes, moved };
    await tellOfDeed(held, { type: 'code.merged', subject }, changed);
    return { items: [code, ...codes], moved };
  });
}

async function mustNotBeMerged({ tx, grant, codes }: Held, id: string): Promise<void> {
  if (codes.some((code) => code.id === id)) return;
  const gone = await selectCode(tx, grant, id, { deleted: true });
  if (gone === null || gone.mergedInto === null) return;
  const into = codes.find((code) => code.id === gone.mergedInto);
  throw new AppError(
    'conflict',
    `“${gone.name}” was merged into ${into ? `“${into.name}”` : 'another code'} meanwhile.`,
  );
}

/**
 * Brings a code back that was removed or merged into another: its place, its children and, after a merge, every coding as
 * it was. What people changed since stays: a passage that lost the other code is left alone.
 * @throws AppError conflict when its name is taken, or the code it was merged into is gone itself.
 */
export async function restoreCode(grant: Grant, id: string): Promise<CodesChanged> {
  return database().transaction(async (tx) => {
    const held = await holdCodebook(tx, grant);
    const before = await selectCode(tx, grant, id, { deleted: true });
    if (before === null) throw notFound('code');
    if (before.deleted === null) return { items: [before], moved: 0 };
    mustBeNew(held, id, before.name);
    const found = await selectDeed(tx, grant, id, ['merge', 'delete']);
    const change = { deleted: false, mergedInto: null, ...placeAgain(held, before) };
    const code = learn(held, await updateCodeRow(tx, grant, id, change));
    const codes = found === null ? [] : await giveChildrenBack(held, code, found.deed.children);
    if (found !== null) await endDeed(tx, grant, found.deed.id);
    if (found === null || found.deed.otherId === null) {
      const subject = { id, code, other: null, codes, moved: 0 };
      await tellOfDeed(held, { type: 'code.restored', subject }, []);
      return { items: [code, ...codes], moved: 0 };
    }
    const other = await mustStillBe(held, found.deed.otherId);
    const ids = found.codings.map(({ annotationId }) => annotationId);
    await lockCodings(tx, grant, other.id, ids);
    const coded = await selectCoded(tx, grant, other.id, ids);
    const back = found.codings.filter(({ annotationId, hadBoth }) => hadBoth || coded.has(annotationId));
    const off = back.flatMap(({ annotationId, hadBoth }) => (hadBoth ? [] : [annotationId]));
    const changed = await recode(
      tx,
      grant,
      { codeId: other.id, annotationIds: off },
      { codeId: id, codings: back },
    );
    const moved = await countShown(
      tx,
      back.map(({ annotationId }) => annotationId),
    );
    const subject = { id, code, other, codes, moved };
    await tellOfDeed(held, { type: 'code.unmerged', subject }, changed);
    return { items: [code, ...codes], moved };
  });
}

/** The code that the codings are with now. @throws AppError conflict, saying what has to be undone first. */
export async function mustStillBe(held: Held, id: string): Promise<Code> {
  const code = held.codes.find((one) => one.id === id);
  if (code !== undefined) return code;
  await mustNotBeMerged(held, id);
  const gone = await selectCode(held.tx, held.grant, id, { deleted: true });
  throw new AppError(
    'conflict',
    `“${gone?.name ?? 'The other code'}” was removed since. Bring it back first.`,
  );
}
