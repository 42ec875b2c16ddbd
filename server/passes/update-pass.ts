import { selectWithheldSources } from '../../db/access/kept';
import { database, type Transaction } from '../../db/client';
import { lockProject } from '../../db/events';
import { selectMember } from '../../db/members';
import {
  lockHidden,
  selectCodersWithMarks,
  selectSourcesWithMarks,
  showMarksToLead,
} from '../../db/pass-marks';
import { replacePassCoders, replacePassCodes, replacePassSources, updatePassRow } from '../../db/passes';
import { can } from '../../lib/access/can';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import type { Pass, PassChange } from '../../lib/passes/pass';
import { isHiding } from '../../lib/passes/standing';
import { baseRevision } from '../edit';
import { publish } from '../events/publish';
import { codersOf, mustHave, mustHaveDay } from './create-pass';
import { findPass, findToChange, mustLead, passSeenBy } from './read-passes';
import { isDone } from './reveal';
import { tellOfShown } from './tell';

/**
 * Changes a pass; while it hides, whoever leads it or owns the project may.
 * @throws AppError conflict when it moved on, was deleted, loses a coder or a source that has marks in it, or is to wait for
 * what is so already.
 */
export async function updatePass(
  grant: Grant,
  id: string,
  change: PassChange,
  ifMatch: number | null,
): Promise<Pass> {
  const { lead, sourceIds, codeIds, coders, ...fields } = change;
  return database().transaction(async (tx) => {
    const hidden = lead === undefined ? [] : await lockHidden(tx, id);
    await lockProject(tx, grant);
    const before = await findToChange(tx, grant, id);
    baseRevision(before, ifMatch);
    mustHaveDay({ ...before, ...fields });
    await mustHave(tx, grant, { sourceIds, codeIds, guidelineNoteId: fields.guidelineNoteId });
    mustWaitForMore(grant, before, fields);
    if (sourceIds) {
      // What is withheld from whoever changes it is not theirs to take out.
      const withheld = await selectWithheldSources(tx, grant);
      const kept = [...new Set([...sourceIds, ...before.sourceIds.filter((one) => withheld.has(one))])];
      await mustKeepCoded(tx, grant, before, kept);
      await replacePassSources(tx, grant, id, kept);
    }
    if (codeIds) await replacePassCodes(tx, grant, id, codeIds);
    if (coders) {
      const rows = await codersOf(tx, grant, coders, before.coders);
      const kept = new Set(rows.map((row) => row.id));
      const marked = await selectCodersWithMarks(tx, id);
      const lost = before.coders.find((one) => marked.has(one.id) && !kept.has(one.id));
      if (lost) throw new AppError('conflict', `${lost.name} has marks in this pass and stays in it.`);
      await replacePassCoders(tx, grant, id, rows);
    }
    const hands = lead !== undefined && lead !== before.lead.id;
    if (hands) await mustHandOver(grant, before, await selectMember(tx, grant, lead));
    await updatePassRow(tx, grant, id, { ...fields, ...(hands ? { leadId: lead } : {}) });
    if (hands) await showMarksToLead(tx, hidden, { from: before.lead.id, to: lead });
    const pass = await findPass(tx, grant, id);
    await publish(tx, grant, { type: 'pass.updated', subject: pass });
    if (hands) await tellOfShown(tx, grant, id, hidden, lead);
    return passSeenBy(tx, grant, pass);
  });
}

/**
 * Refuses to take out a source that somebody coded in this pass. Whoever may not know where a blind pass was coded takes none
 * out: being refused would tell. @throws AppError conflict, forbidden.
 */
async function mustKeepCoded(tx: Transaction, grant: Grant, pass: Pass, sourceIds: readonly string[]) {
  const lost = pass.sourceIds.filter((id) => !sourceIds.includes(id));
  if (lost.length === 0) return;
  if (isHiding(pass) && pass.lead.id !== grant.actor.userId)
    throw new AppError('forbidden', `Only ${pass.lead.name} can take sources out while this pass is blind.`);
  const [coded] = await selectSourcesWithMarks(tx, pass.id, lost);
  if (coded)
    throw new AppError('conflict', `“${coded.title}” has marks that were made in this pass and stays in it.`);
}

/**
 * Refuses a pass that waits for all to be done when they are: it would wait for ever. Whoever may not know how far they are is
 * not told. @throws AppError conflict.
 */
function mustWaitForMore(grant: Grant, pass: Pass, { revealWhen }: PassChange): void {
  if (revealWhen !== 'when-done' || pass.revealWhen === 'when-done') return;
  if (!isHiding(pass) || pass.lead.id !== grant.actor.userId || !isDone(pass)) return;
  throw new AppError('conflict', 'All are done already: this pass would wait for ever. Reveal it instead.');
}

/** Who leads a blind pass sees all of it: nobody takes that to themselves. @throws AppError forbidden, invalid. */
async function mustHandOver(
  grant: Grant,
  pass: Pass,
  member: Awaited<ReturnType<typeof selectMember>>,
): Promise<void> {
  if (member === null || !can(member.role, 'pass.update'))
    throw new AppError('invalid', 'Only an editor or an owner of the project can lead a pass.');
  if (isHiding(pass) && pass.lead.id !== grant.actor.userId)
    throw new AppError('forbidden', `Only ${pass.lead.name} can hand this pass over while it is blind.`);
}

async function setDeleted(grant: Grant, id: string, deleted: boolean, ifMatch: number | null): Promise<Pass> {
  return database().transaction(async (tx) => {
    await lockProject(tx, grant);
    const before = await findPass(tx, grant, id);
    mustLead(grant, before);
    if ((before.deleted !== null) === deleted) return passSeenBy(tx, grant, before);
    baseRevision(before, ifMatch);
    await updatePassRow(tx, grant, id, { deleted });
    const pass = await findPass(tx, grant, id);
    await publish(tx, grant, { type: deleted ? 'pass.deleted' : 'pass.restored', subject: pass });
    return passSeenBy(tx, grant, pass);
  });
}

/**
 * Deletes a pass so that it can be restored; its marks stay, and stay hidden where it was blind and was not revealed.
 * @throws AppError not-found, forbidden.
 */
export async function deletePass(grant: Grant, id: string, ifMatch: number | null): Promise<Pass> {
  return setDeleted(grant, id, true, ifMatch);
}

/** Restores a deleted pass. @throws AppError not-found, forbidden. */
export async function restorePass(grant: Grant, id: string): Promise<Pass> {
  return setDeleted(grant, id, false, null);
}
