import { database } from '@/db/client';
import { selectMember } from '@/db/members';
import { can } from '@/lib/access/can';
import { NewDecision } from '@/lib/adjudication/decision';
import { newId } from '@/lib/new-id';
import { NewPass } from '@/lib/passes/pass';
import { makeDecision } from '@/server/adjudication/decide';
import { readAdjudication } from '@/server/adjudication/read-adjudication';
import { createAnnotation } from '@/server/annotations';
import { createCode } from '@/server/codebook';
import { createPass } from '@/server/passes/create-pass';
import { setProgress } from '@/server/passes/progress';
import { type Call, grantOf, type Person } from '@/tests/support/instance';
import type { Place, World } from './world';

/** Whether this person may mark in the place now. */
export async function mayMark(place: Place, { userId }: Person): Promise<boolean> {
  const member = await selectMember(database(), place, userId);
  return member !== null && can(member.role, 'annotation.create');
}

/** An open pass with a passage that one of its coders marked and the others did not: this person, where they may. */
async function disputed(place: Place, coder: Person): Promise<{ passId: string; key: string }> {
  const by = grantOf(place.owner, place.projectId);
  const { sourceId } = place;
  const marker = (await mayMark(place, coder)) ? coder : place.owner;
  const coders = [
    { userId: marker.userId, isExpert: false },
    { name: 'Imported', isExpert: false },
  ];
  const input = NewPass.parse({ name: 'Round 1', kind: 'open', sourceIds: [sourceId], coders });
  const { id: passId, coders: given } = await createPass(by, input);
  const { id: codeId } = await createCode(by, { name: `Doubt ${newId()}` });
  await createAnnotation(grantOf(marker, place.projectId, 'annotator'), {
    sourceId,
    motivation: 'classifying',
    selector: [{ type: 'TextQuoteSelector', exact: 'The ministry denied it.', prefix: '', suffix: '' }],
    codeIds: [codeId],
    passId,
  });
  // Whoever has not begun disagrees with nobody.
  const other = given.find(({ userId }) => userId === null)?.id;
  await setProgress(by, passId, { sourceId, coderId: other, state: 'done' });
  const [first] = (await readAdjudication(by, passId)).queue;
  if (first === undefined) throw new Error('Nobody disagrees in this pass');
  return { passId, key: first.key };
}

/** A call about a disagreement that nobody decided. */
export const ofDispute =
  (body: (key: string) => unknown) =>
  async (_: World, place: Place, caller: Person): Promise<Call> => {
    const { passId, key } = await disputed(place, caller);
    return { params: { projectId: place.projectId, passId }, body: body(key) };
  };

type Ids = { passId: string; decisionId: string };

/** A call about what the place's owner decided, after something more was done to it. */
export const ofDecision =
  (body?: unknown, then?: (place: Place, ids: Ids, caller: Person) => Promise<Record<string, string>>) =>
  async (_: World, place: Place, caller: Person): Promise<Call> => {
    const { passId, key } = await disputed(place, caller);
    const by = grantOf(place.owner, place.projectId);
    const made = await makeDecision(by, passId, NewDecision.parse({ key, outcome: 'merge' }));
    const ids = { passId, decisionId: made.id };
    const more = (await then?.(place, ids, caller)) ?? {};
    return { params: { projectId: place.projectId, ...ids, ...more }, body };
  };
