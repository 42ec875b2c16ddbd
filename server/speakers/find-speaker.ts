import type { Reader } from '../../db/access';
import type { Db, Transaction } from '../../db/client';
import { selectIdentity } from '../../db/speakers/identities';
import { replaceNames } from '../../db/speakers/names';
import { selectRootId, selectSpeaker } from '../../db/speakers/rows';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import { keyOf } from '../../lib/speakers/names';
import type { Identity, Speaker } from '../../lib/speakers/speaker';
import { notFound } from '../edit';

/** Who stands for a speaker by now, deleted or not. @throws AppError not-found. */
export async function findRoot(db: Db, grant: Reader, id: string): Promise<Speaker> {
  const rootId = await selectRootId(db, grant, id);
  const speaker = rootId === null ? null : await selectSpeaker(db, grant, rootId);
  if (speaker === null) throw notFound('speaker');
  return speaker;
}

/** A speaker who stands for themselves and is not deleted. @throws AppError not-found, conflict for one who was merged. */
export async function findStanding(db: Db, grant: Grant, id: string): Promise<Speaker> {
  const speaker = await findRoot(db, grant, id);
  if (speaker.id !== id)
    throw new AppError('conflict', `They were merged into ${speaker.name}. Change that one instead.`);
  if (speaker.deleted !== null) throw notFound('speaker');
  return speaker;
}

/** Who a protected speaker is. @throws AppError forbidden to whoever is not named in it. */
export async function mustKnow(db: Db, grant: Grant, { id, name }: Speaker): Promise<Identity> {
  const identity = await selectIdentity(db, grant, id);
  if (identity === null)
    throw new AppError('forbidden', `Only those who know who ${name} is may change this. Ask one of them.`);
  return identity;
}

/**
 * Sets what a speaker is publicly called; what they were called (`had`) they may be called on.
 * @throws AppError conflict when somebody else, whom the Grant's holder may see, is called so.
 */
export async function callThem(
  tx: Transaction,
  grant: Grant,
  id: string,
  names: readonly string[],
  had: readonly string[] = [],
): Promise<void> {
  const theirs = new Set(had.map(keyOf));
  const taken = (await replaceNames(tx, grant, id, names)).find((name) => !theirs.has(keyOf(name)));
  if (taken !== undefined)
    throw new AppError(
      'conflict',
      `Another speaker is called “${taken}”. Merge the two, or tell them apart: “${taken} (mayor)”.`,
      { details: { reason: 'name-taken', name: taken } },
    );
}
