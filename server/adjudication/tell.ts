import type { Transaction } from '../../db/client';
import type { Grant } from '../../lib/access/grant';
import type { Decision } from '../../lib/adjudication/decision';
import { isSettled } from '../../lib/adjudication/decision';
import type { Pass } from '../../lib/passes/pass';
import { listenersAmong } from '../notices/listeners';
import { tellPeople } from '../notices/tell';

/** Tells the coders of a disagreement that it was decided otherwise than they coded. Nobody is told of what they did themselves. */
export async function tellOfDecision(
  tx: Transaction,
  grant: Grant,
  pass: Pass,
  decision: Decision,
): Promise<void> {
  if (!isSettled(decision)) return;
  const asDecided = (coderId: string) =>
    decision.codings.some(
      (one) =>
        one.coderId === coderId &&
        decision.gold.some(
          ({ codeId, start, end }) => codeId === one.codeId && start === one.start && end === one.end,
        ),
    );
  const otherwise = pass.coders.filter(
    ({ id, userId }) =>
      userId !== null &&
      userId !== grant.actor.userId &&
      decision.codings.some(({ coderId }) => coderId === id) &&
      !asDecided(id),
  );
  const people = otherwise.flatMap(({ userId }) => userId ?? []);
  await tell(tx, grant, 'decided-otherwise', decision, people);
}

/** Tells whoever decided that a coder objects. */
export async function tellOfObjection(tx: Transaction, grant: Grant, decision: Decision): Promise<void> {
  const { id } = decision.by;
  await tell(tx, grant, 'decision-objected', decision, id === grant.actor.userId ? [] : [id]);
}

async function tell(
  tx: Transaction,
  grant: Grant,
  kind: 'decided-otherwise' | 'decision-objected',
  { id: decisionId }: Decision,
  people: readonly string[],
): Promise<void> {
  const listeners = await listenersAmong(tx, grant, null, people);
  const byId = grant.actor.userId;
  await tellPeople(
    tx,
    grant,
    listeners.map((userId) => ({ kind, userId, decisionId, byId })),
  );
}
