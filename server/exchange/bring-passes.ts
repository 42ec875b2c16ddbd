import {
  insertAgreement,
  insertDecision,
  insertObjection,
  selectDecision,
  settleObjectionRow,
} from '../../db/decisions';
import {
  insertAssignments,
  insertPass,
  replacePassCoders,
  replacePassCodes,
  replacePassSources,
  selectWholePass,
  updatePassRow,
  updateProgress,
} from '../../db/passes';
import type { Decision } from '../../lib/adjudication/decision';
import type { IncomingPass } from '../../lib/exchange/incoming';
import { newId } from '../../lib/new-id';
import type { Pass } from '../../lib/passes/pass';
import { isHiding } from '../../lib/passes/standing';
import { keyOf } from '../adjudication/read-queue';
import { type Coming, count, credit, cut, idsOf, isMine, type PassHere } from './coming';
import { settleUp, tell } from './settle-up';

/**
 * Makes a round of coding, led by whoever brings it in. Its coders are named ones, but for whoever brings it in: whose codings
 * a file's are, anybody can have written. One that is blind still stays so.
 */
export async function beginPass(coming: Coming, { pass }: IncomingPass): Promise<void> {
  const { tx, grant, losses, passes } = coming;
  const { made: id, all } = idsOf(coming, 'pass', pass.id);
  for (const one of all) {
    const there = await selectWholePass(tx, grant, one);
    if (there === null) continue;
    // What was made in it stays as it is; marks that are new come in without it.
    return count(coming, 'Rounds of coding', pass.id, false);
  }
  const { kind, revealWhen, revealOn } = pass;
  const name = cut(pass.name.trim(), 120) || 'Round';
  const fields = { id, name, kind, leadId: grant.actor.userId, guidelineNoteId: null, revealWhen, revealOn };
  if (!(await insertPass(tx, grant, fields)))
    return losses.add('Rounds that can’t be told apart', 'Something else has their id.', name);
  if (!isMine(coming, pass.lead.id))
    losses.add('Who leads rounds of coding', 'You do, as you bring them in.', pass.lead.name);
  const here = await fillPass(coming, id, pass);
  passes.set(pass.id, here);
  if (pass.revealed !== null) {
    const revealedBy = pass.revealedBy && isMine(coming, pass.revealedBy.id) ? grant.actor.userId : null;
    await updatePassRow(tx, grant, id, { revealedBy });
  }
  const subject = await selectWholePass(tx, grant, id);
  if (subject) await tell(coming, { type: 'pass.created', subject });
  count(coming, 'Rounds of coding', pass.id, true);
}

/** Puts sources, codes, coders and what is assigned into a new round. */
async function fillPass(coming: Coming, id: string, pass: Pass): Promise<PassHere> {
  const { tx, grant, losses, sources, codes } = coming;
  const sourceIds = pass.sourceIds.flatMap((key) => sources.get(key)?.id ?? []);
  if (sourceIds.length < pass.sourceIds.length)
    losses.add('Sources of rounds of coding', 'They are not here.', pass.name);
  await replacePassSources(tx, grant, id, sourceIds);
  await replacePassCodes(
    tx,
    grant,
    id,
    pass.codeIds.flatMap((key) => codes.get(key) ?? []),
  );
  const coders = new Map<string, { id: string; isMine: boolean }>();
  const byPerson = new Map<string, string>();
  const rows = pass.coders.map(({ id: key, userId, name, isExpert }) => {
    const mine = userId !== null && isMine(coming, userId);
    if (userId !== null) byPerson.set(userId, key);
    if (userId !== null && !mine)
      losses.add(
        'Which members code in a round',
        'They are named coders here, as nobody is signed in by a file. Add them to a new round to go on.',
        name,
      );
    const coder = { id: idsOf(coming, 'coder', key).made, isMine: mine };
    coders.set(key, coder);
    const called = mine ? null : cut(name.trim(), 120) || 'Coder';
    return { id: coder.id, userId: mine ? grant.actor.userId : null, name: called, isExpert };
  });
  await replacePassCoders(tx, grant, id, rows);
  const assigned = pass.assignments.flatMap(({ coderId: key, sourceId: sourceKey, state }) => {
    const [coderId, sourceId] = [coders.get(key)?.id, sources.get(sourceKey)?.id];
    return coderId && sourceId && sourceIds.includes(sourceId) ? [{ coderId, sourceId, state }] : [];
  });
  await insertAssignments(tx, id, assigned);
  for (const one of assigned) if (one.state !== 'not-started') await updateProgress(tx, id, one);
  return { id, coders, byPerson, sources: new Set(sourceIds), isHiding: isHiding(pass) };
}

/** Gives a new round its guideline and what was kept of its agreement, once notes are here. */
export async function finishPass(coming: Coming, { pass, agreement }: IncomingPass): Promise<void> {
  const { tx, grant, passes, notes } = coming;
  const here = passes.get(pass.id);
  if (here === undefined) return;
  for (const record of agreement) {
    // Never later than now, whatever a file says.
    const at = new Date(Math.min(Date.parse(record.at), Date.now()));
    await insertAgreement(tx, grant, here.id, { ...record, at, id: newId() });
  }
  const guidelineNoteId = notes.get(pass.guidelineNoteId ?? '');
  if (guidelineNoteId === undefined) return;
  await updatePassRow(tx, grant, here.id, { guidelineNoteId });
  const subject = await selectWholePass(tx, grant, here.id);
  if (subject) await tell(coming, { type: 'pass.updated', subject });
}

/** A decision with the ids and places that its codings have here; `null` where one of them did not come in. */
function decisionHere({ passes, sources, marks, codes, threads }: Coming, given: Decision) {
  const [pass, place] = [passes.get(given.passId), sources.get(given.sourceId)];
  if (pass === undefined || place === undefined) return null;
  const placed = <T extends { start: number; end: number }>(one: T): T => ({
    ...one,
    ...(place.move === null ? null : place.move(one)),
  });
  const codings = given.codings.flatMap((one) => {
    const [annotationId, coder, codeId] = [
      marks.get(one.annotationId),
      pass.coders.get(one.coderId),
      codes.get(one.codeId),
    ];
    return annotationId && coder && codeId
      ? [placed({ ...one, annotationId, coderId: coder.id, codeId })]
      : [];
  });
  const gold = given.gold.flatMap((one) => {
    const codeId = codes.get(one.codeId);
    return codeId ? [placed({ ...one, codeId })] : [];
  });
  if (codings.length < given.codings.length || gold.length < given.gold.length) return null;
  const threadId = threads.get(given.threadId ?? '') ?? null;
  const { outcome, start, end } = given;
  return {
    fields: {
      ...{ passId: pass.id, sourceId: place.id, version: place.version, codings, outcome, threadId },
      ...placed({ start, end }),
      why: cut(given.why, 2_000),
      key: keyOf(codings),
    },
    gold,
  };
}

/** Brings in what was decided about a disagreement of a round, with what was said against it. */
export async function bringDecision(coming: Coming, given: Decision): Promise<void> {
  const { tx, grant, losses } = coming;
  const { made: id, all } = idsOf(coming, 'decision', given.id);
  for (const one of all)
    if ((await selectDecision(tx, grant, one)) !== null) return count(coming, 'Decisions', given.id, false);
  const here = decisionHere(coming, given);
  if (here === null)
    return losses.add(
      'Decisions on what is not here',
      'A coding that they are about did not come in.',
      given.why,
    );
  const gold = here.gold.map((coding) => ({ ...coding, id: newId() }));
  if (!(await insertDecision(tx, grant, { id, ...here.fields }, gold)))
    return losses.add('Decisions that can’t be told apart', 'Another one stands on the same.', given.why);
  credit(coming, id, { key: given.by.id, name: given.by.name });
  for (const { id: key, by, text, settled } of given.objections) {
    const objection = idsOf(coming, 'objection', key).made;
    await insertObjection(tx, grant, { id: objection, decisionId: id, text: cut(text, 2_000) });
    credit(coming, objection, { key: by.id, name: by.name });
    if (settled === null) continue;
    if (isMine(coming, settled.by.id)) await settleObjectionRow(tx, grant, id, objection);
    else losses.add('That objections were dealt with', 'Whoever does so, does so here.', text);
  }
  await settleUp(coming);
  const subject = await selectDecision(tx, grant, id);
  if (subject) await tell(coming, { type: 'decision.made', subject });
  count(coming, 'Decisions', given.id, true);
}
