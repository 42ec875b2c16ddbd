import { selectHidden } from '../../db/access/hidden';
import type { Transaction } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';

/** Refuses marks that a blind pass hides, for what everybody is to see. @throws AppError conflict. */
export async function mustBeShown(tx: Transaction, grant: Grant, markIds: readonly string[]): Promise<void> {
  if ((await selectHidden(tx, grant, markIds)).marks.size > 0)
    throw new AppError('conflict', 'This mark is in a blind pass: nothing can rest on it before the reveal.');
}
