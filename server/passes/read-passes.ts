import { selectWithheldSources } from '../../db/access/kept';
import { type Db, database } from '../../db/client';
import { type Coding, selectCodings } from '../../db/pass-marks';
import { selectPasses, selectWholePass } from '../../db/passes';
import type { Grant } from '../../lib/access/grant';
import { AppError } from '../../lib/errors';
import type { Pass } from '../../lib/passes/pass';
import { isHiding, passFor } from '../../lib/passes/standing';
import { notFound } from '../edit';

/** The passes of a project in the order they were made, as the Grant's holder may know them. */
export async function listPasses(grant: Grant): Promise<{ items: Pass[]; nextCursor: null }> {
  return { items: await selectPasses(database(), grant), nextCursor: null };
}

/** One pass, deleted or not, as the Grant's holder may know it. @throws AppError not-found. */
export async function getPass(grant: Grant, id: string): Promise<Pass> {
  return passSeenBy(database(), grant, await findPass(database(), grant, id));
}

/** One pass, whole: for what changes it. @throws AppError not-found. */
export async function findPass(db: Db, grant: Pick<Grant, 'projectId'>, id: string): Promise<Pass> {
  const pass = await selectWholePass(db, grant, id);
  if (pass === null) throw notFound('pass');
  return pass;
}

/** A pass that still stands, and that the Grant's holder may change: while it hides, whoever leads it or owns the project. */
export async function findToChange(db: Db, grant: Grant, id: string): Promise<Pass> {
  const pass = await findPass(db, grant, id);
  if (pass.deleted !== null) throw new AppError('conflict', 'This pass was deleted. Restore it first.');
  mustLead(grant, pass);
  return pass;
}

/** Refuses whoever could unblind a pass by changing it. @throws AppError forbidden. */
export function mustLead(grant: Grant, pass: Pass): void {
  if (!isHiding(pass) || pass.lead.id === grant.actor.userId || grant.role === 'owner') return;
  throw new AppError(
    'forbidden',
    `This pass is blind: only ${pass.lead.name}, who leads it, or an owner may do this.`,
  );
}

/**
 * The codings of a pass (of the marks named, where some are) that the Grant's holder may see: for each mark the coder it counts for, its source, its span (UTF-16
 * units of the source's current text) and its codes. While the pass hides, a coder's own alone. @throws AppError not-found.
 */
export async function codingsOfPass(
  grant: Grant,
  passId: string,
  ids?: readonly string[],
): Promise<Coding[]> {
  await findPass(database(), grant, passId);
  return selectCodings(database(), grant, passId, ids);
}

/** A pass as the Grant's holder may know it. */
export async function passSeenBy(db: Db, grant: Grant, pass: Pass): Promise<Pass> {
  return passFor(grant.actor.userId, pass, await selectWithheldSources(db, grant));
}
