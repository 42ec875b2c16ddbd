import { database, type Transaction } from '../../db/client';
import { selectCode } from '../../db/codebook';
import {
  insertAgreement,
  insertDecision,
  isKeptFromPass,
  selectAgreements,
  selectDecision,
  selectDecisions,
  selectStanding,
  updateDecisionRow,
} from '../../db/decisions';
import { lockProject } from '../../db/events';
import { selectThreads } from '../../db/threads';
import type { Grant } from '../../lib/access/grant';
import type { Decision, NewDecision, QueuedDisagreement } from '../../lib/adjudication/decision';
import { isSettled } from '../../lib/adjudication/decision';
import { heldBy } from '../../lib/adjudication/gold';
import { AppError } from '../../lib/errors';
import { newId } from '../../lib/new-id';
import type { Pass } from '../../lib/passes/pass';
import { isHiding } from '../../lib/passes/standing';
import { mustBeReadable } from '../access/must-be-readable';
import { notFound } from '../edit';
import { publish } from '../events/publish';
import { findOpenPass } from './read-adjudication';
import { type Bench, figuresAt, layOut } from './read-queue';
import { tellOfDecision } from './tell';

/** What is answered to the second of two who decide the same: what the first decided goes with it. */
export function decidedAlready(standing: Decision): AppError {
  return new AppError('conflict', `${standing.by.name} has decided this meanwhile. Yours was not taken.`, {
    details: { reason: 'decided', decision: standing },
  });
}

/**
 * Decides a disagreement of a pass; the coders' marks stay as they are. The same id twice answers the existing decision.
 * @throws AppError forbidden before the reveal, conflict when another decision stands or the coders changed their marks,
 * invalid for what is not in the disagreement.
 */
export async function makeDecision(grant: Grant, passId: string, input: NewDecision): Promise<Decision> {
  const id = input.id ?? newId();
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const pass = await findOpenPass(tx, grant, passId);
    if (pass.deleted !== null) throw new AppError('conflict', 'This pass was deleted. Restore it first.');
    const known = await selectDecision(tx, grant, id);
    if (known?.passId === passId) return known;
    const bench = await layOut(tx, grant, pass);
    const disagreement = bench.queue.find(({ key }) => key === input.key);
    if (disagreement === undefined)
      throw new AppError('conflict', 'The coders changed their marks here meanwhile. Load the queue again.');
    await makeRoom(tx, grant, passId, input);
    const gold = await goldOf(tx, grant, input, disagreement, bench);
    await mustBeThread(tx, grant, input.threadId);
    const { key, sourceId, version, start, end, codings } = disagreement;
    const { outcome, why, threadId } = input;
    const fields = { id, passId, key, sourceId, version, start, end, codings, outcome, why, threadId };
    const whole = await wholeBench(tx, grant, pass, bench);
    await keepBefore(tx, grant, passId, whole);
    if (!(await insertDecision(tx, grant, fields, gold)))
      throw new AppError('conflict', 'This id is taken. Choose another.');
    const decision = await find(tx, grant, id);
    await publish(tx, grant, { type: 'decision.made', subject: decision });
    await keepAfter(tx, grant, passId, whole);
    if (!isHiding(pass)) await tellOfDecision(tx, grant, pass, decision);
    return decision;
  });
}

/** Takes the decision back that is to be replaced. @throws AppError conflict when another one stands. */
async function makeRoom(
  tx: Transaction,
  grant: Grant,
  passId: string,
  { key, replaces }: NewDecision,
): Promise<void> {
  const standing = await selectStanding(tx, grant, passId, key);
  if (standing === null) return;
  if (standing.id !== replaces) throw decidedAlready(standing);
  await updateDecisionRow(tx, grant, standing.id, { undone: true });
  await publish(tx, grant, { type: 'decision.undone', subject: await find(tx, grant, standing.id) });
}

async function goldOf(
  tx: Transaction,
  grant: Grant,
  input: NewDecision,
  { codings, sourceId, version }: QueuedDisagreement,
  { textOf }: Bench,
) {
  const held = heldBy(codings, input);
  if (held === null) {
    if (input.outcome === 'accept')
      throw new AppError(
        'invalid',
        'The coding to accept is not in this disagreement. Load the queue again.',
      );
    return [];
  }
  const text = textOf({ sourceId, version });
  if (held.end > text.length)
    throw new AppError('invalid', 'The span goes beyond the end of the source. Choose it within the text.');
  await mustBeReadable(tx, grant, { sourceId, version, start: held.start, end: held.end });
  if ((await selectCode(tx, grant, held.codeId)) === null)
    throw new AppError('invalid', 'This code does not exist in this project any more.');
  return [{ ...held, version, id: newId(), exact: text.slice(held.start, held.end) }];
}

async function mustBeThread(tx: Transaction, grant: Grant, threadId: string | undefined): Promise<void> {
  if (threadId === undefined) return;
  const [thread] = await selectThreads(tx, grant, { id: threadId }, { limit: 1 });
  if (thread === undefined) throw new AppError('invalid', 'There is no such discussion in this project.');
}

/** The pass as the program sees it: what is kept of its agreement is of all its sources, whoever decides. */
async function wholeBench(tx: Transaction, grant: Grant, pass: Pass, seen: Bench): Promise<Bench> {
  if (!(await isKeptFromPass(tx, grant, pass.id))) return seen;
  return layOut(tx, { projectId: grant.projectId, actor: null }, pass);
}

/** The agreement as the coders coded is kept once, with the first decision. */
async function keepBefore(tx: Transaction, grant: Grant, passId: string, bench: Bench): Promise<void> {
  if ((await selectAgreements(tx, grant, passId)).length > 0) return;
  const figures = figuresAt(bench, []);
  await insertAgreement(tx, grant, passId, {
    id: newId(),
    moment: 'before',
    decided: 0,
    of: bench.queue.length,
    figures,
  });
}

/** The agreement with what was decided is kept each time that nothing is left to decide. */
async function keepAfter(tx: Transaction, grant: Grant, passId: string, bench: Bench): Promise<void> {
  const program = { projectId: grant.projectId, actor: null };
  const settled = (await selectDecisions(tx, program, passId)).filter(isSettled);
  const keys = new Set(settled.map(({ key }) => key));
  if (bench.queue.some(({ key }) => !keys.has(key))) return;
  const of = bench.queue.length;
  const current = settled.filter(({ key }) => bench.queue.some((one) => one.key === key));
  const figures = figuresAt(bench, current);
  await insertAgreement(tx, grant, passId, { id: newId(), moment: 'after', decided: of, of, figures });
}

async function find(tx: Transaction, grant: Grant, id: string): Promise<Decision> {
  const decision = await selectDecision(tx, grant, id);
  if (decision === null) throw notFound('decision');
  return decision;
}
