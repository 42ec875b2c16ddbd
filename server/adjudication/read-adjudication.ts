import { type Db, database } from '../../db/client';
import { selectCodes } from '../../db/codebook';
import { selectDecision, selectDecisions } from '../../db/decisions';
import { selectWholePass } from '../../db/passes';
import type { Grant } from '../../lib/access/grant';
import type { Adjudication, Decision, GoldRow } from '../../lib/adjudication/decision';
import { isSettled } from '../../lib/adjudication/decision';
import { AppError } from '../../lib/errors';
import type { Pass } from '../../lib/passes/pass';
import { isHiding } from '../../lib/passes/standing';
import { recordDeed } from '../audit/record';
import { notFound } from '../edit';
import { readAgreements } from './kept-agreement';
import { layOut } from './read-queue';

/**
 * A pass that the Grant's holder may see adjudicated: while it is blind, whoever leads it alone.
 * @throws AppError not-found, forbidden before the reveal.
 */
export async function findOpenPass(db: Db, grant: Grant, passId: string): Promise<Pass> {
  const pass = await selectWholePass(db, grant, passId);
  if (pass === null) throw notFound('pass');
  if (isHiding(pass) && pass.lead.id !== grant.actor.userId)
    throw new AppError(
      'forbidden',
      `This pass is blind: until it is revealed only ${pass.lead.name}, who leads it, sees where its coders differ.`,
    );
  return pass;
}

/** A decision about a pass that the Grant's holder may see. @throws AppError not-found, forbidden before the reveal. */
export async function findDecision(db: Db, grant: Grant, passId: string, id: string): Promise<Decision> {
  await findOpenPass(db, grant, passId);
  const decision = await selectDecision(db, grant, id);
  if (decision === null || decision.passId !== passId) throw notFound('decision');
  return decision;
}

/** Where the coders of a pass differ, the costliest first, and what was decided. @throws AppError not-found, forbidden. */
export async function readAdjudication(grant: Grant, passId: string): Promise<Adjudication> {
  const db = database();
  const pass = await findOpenPass(db, grant, passId);
  // Decisions after the marks: what is decided meanwhile is told by its event.
  const bench = await layOut(db, grant, pass);
  const decisions = await selectDecisions(db, grant, passId);
  return {
    ...{ passId, queue: bench.queue, decisions, agreed: bench.agreed.length },
    agreement: await readAgreements(db, grant, pass, bench),
  };
}

/**
 * The gold layer of a pass: what all coders agreed on, and what was decided about disagreements that are still the same, in
 * the order of the text. @throws AppError not-found, forbidden.
 */
export async function readGold(grant: Grant, passId: string): Promise<GoldRow[]> {
  const db = database();
  const pass = await findOpenPass(db, grant, passId);
  await recordDeed(grant, 'export.gold', { subjectId: passId });
  const { queue, agreed, textOf } = await layOut(db, grant, pass);
  const names = new Map((await selectCodes(db, grant)).map(({ id, name }) => [id, name]));
  const standing = new Set(queue.map(({ key }) => key));
  const decided = (await selectDecisions(db, grant, passId)).filter(
    (one) => isSettled(one) && standing.has(one.key),
  );
  const rows: GoldRow[] = decided.flatMap(({ id, sourceId, outcome, why, gold }) =>
    gold.map((coding) => ({
      ...coding,
      ...{ sourceId, outcome, why, decisionId: id, code: names.get(coding.codeId) ?? '' },
    })),
  );
  for (const { sourceId, version, codings } of agreed) {
    const alike = new Map(codings.map((one) => [`${one.codeId} ${one.start} ${one.end}`, one]));
    for (const { codeId, start, end } of alike.values()) {
      const exact = textOf({ sourceId, version }).slice(start, end);
      const code = names.get(codeId) ?? '';
      rows.push({
        sourceId,
        version,
        start,
        end,
        codeId,
        code,
        exact,
        decisionId: null,
        outcome: null,
        why: '',
      });
    }
  }
  const place = new Map(pass.sourceIds.map((id, at) => [id, at]));
  const turn = ({ sourceId }: GoldRow) => place.get(sourceId) ?? place.size;
  return rows.sort((a, b) => turn(a) - turn(b) || a.start - b.start || a.end - b.end);
}
