import { type Db, database, type Transaction } from '../../db/client';
import { countCodes } from '../../db/codebook';
import { lockProject } from '../../db/events';
import { selectMember } from '../../db/members';
import { selectNote } from '../../db/notes';
import {
  insertAssignments,
  insertPass,
  type PassCoderRow,
  replacePassCoders,
  replacePassCodes,
  replacePassSources,
  selectWholePass,
} from '../../db/passes';
import { countStandingSources } from '../../db/sources';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import { deal } from '../../lib/passes/deal';
import type { NewPass, Pass, PassCoderGiven } from '../../lib/passes/pass';

import { publish } from '../events/publish';
import { findPass, passSeenBy } from './read-passes';

/** Refuses sources, codes and a guideline that are not there. @throws AppError invalid. */
export async function mustHave(
  tx: Transaction,
  grant: Grant,
  {
    sourceIds = [],
    codeIds = [],
    guidelineNoteId = null,
  }: Partial<Pick<Pass, 'sourceIds' | 'codeIds' | 'guidelineNoteId'>>,
): Promise<void> {
  const [wantedSources, wantedCodes] = [new Set(sourceIds), new Set(codeIds)];
  if (
    wantedSources.size > 0 &&
    (await countStandingSources(tx, grant, [...wantedSources])) < wantedSources.size
  )
    throw new AppError('invalid', 'One of these sources does not exist in this project any more.');
  if (wantedCodes.size > 0 && (await countCodes(tx, grant, [...wantedCodes])) < wantedCodes.size)
    throw new AppError('invalid', 'One of these codes does not exist in this project any more.');
  if (guidelineNoteId !== null && (await selectNote(tx, grant, guidelineNoteId)) === null)
    throw new AppError('invalid', 'The note with the guideline does not exist in this project any more.');
}

/**
 * The coders as they are stored; who is in the pass already, by id or as the same member, stays who they are.
 * @throws AppError invalid for who may not mark, is named twice, or is not in it.
 */
export async function codersOf(
  db: Db,
  grant: Grant,
  given: readonly PassCoderGiven[],
  before: Pass['coders'] = [],
): Promise<PassCoderRow[]> {
  const rows: PassCoderRow[] = [];
  for (const { id, userId = null, name = null, isExpert } of given) {
    const known = before.find((one) => one.id === id || (userId !== null && one.userId === userId));
    if (id !== undefined && known === undefined)
      throw new AppError('invalid', 'This coder is not in the pass any more. Add them again without an id.');
    const who = known?.userId ?? userId;
    if (who !== null && known === undefined) {
      const member = await selectMember(db, grant, who);
      if (member === null || member.role === 'reader')
        throw new AppError(
          'invalid',
          'Only a member who may mark can code in a pass. Give them the role first.',
        );
    }
    rows.push({
      id: known?.id ?? newId(),
      userId: who,
      name: who === null ? (name ?? known?.name ?? null) : null,
      isExpert,
    });
  }
  const people = rows.flatMap(({ userId }) => userId ?? []);
  if (new Set(people).size < people.length || new Set(rows.map(({ id }) => id)).size < rows.length)
    throw new AppError('invalid', 'Somebody is in the pass twice.');
  return rows;
}

/** Refuses a reveal by date without a day. @throws AppError invalid. */
export function mustHaveDay({ revealWhen, revealOn }: Pick<Pass, 'revealWhen' | 'revealOn'>): void {
  if (revealWhen === 'on-date' && revealOn === null)
    throw new AppError('invalid', 'Say on which day the pass is to be revealed.');
}

/**
 * Starts a pass that the Grant's actor leads. The same id twice answers the existing one.
 * @throws AppError invalid for sources, codes, coders or a guideline that are not there.
 */
export async function createPass(grant: Grant, input: NewPass): Promise<Pass> {
  const id = input.id ?? newId();
  const { name, kind, sourceIds, codeIds, revealWhen, perSource } = input;
  const [guidelineNoteId, revealOn] = [input.guidelineNoteId ?? null, input.revealOn ?? null];
  mustHaveDay({ revealWhen, revealOn });
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const standing = await selectWholePass(tx, grant, id);
    if (standing !== null) return passSeenBy(tx, grant, standing);
    await mustHave(tx, grant, { sourceIds, codeIds, guidelineNoteId });
    const coders = await codersOf(tx, grant, input.coders);
    const fields = { id, name, kind, leadId: grant.actor.userId, guidelineNoteId, revealWhen, revealOn };
    if (!(await insertPass(tx, grant, fields)))
      throw new AppError('conflict', 'This id is taken. Choose another.');
    const chosen = [...new Set(sourceIds)];
    await replacePassSources(tx, grant, id, chosen);
    await replacePassCodes(tx, grant, id, codeIds);
    await replacePassCoders(tx, grant, id, coders);
    const ids = coders.map((coder) => coder.id);
    await insertAssignments(tx, id, deal(chosen, ids, perSource ?? ids.length));
    const pass = await findPass(tx, grant, id);
    await publish(tx, grant, { type: 'pass.created', subject: pass });
    return pass;
  });
}
