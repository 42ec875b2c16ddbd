import { database } from '../../db/client';
import type { Coding } from '../../db/pass-marks';
import { selectTexts } from '../../db/sources';
import type { Grant } from '../../lib/access/grant';
import type { DatedCoding } from '../../lib/agreement/agreement-of';
import type { AgreementFilter } from '../../lib/agreement/answer';
import type { Scope } from '../../lib/agreement/scope';
import { AppError } from '../../lib/errors';
import type { Pass, PassCoder } from '../../lib/passes/pass';
import { isHiding } from '../../lib/passes/standing';
import { codingsOfPass, getPass } from '../passes/read-passes';

/** Who of a pass is compared with whom, on which sources. */
export type Frame = {
  readonly scope: Scope;
  readonly coders: readonly PassCoder[];
  readonly titles: ReadonlyMap<string, string>;
  /** What of a mark is compared. */
  readonly placed: (mark: Coding) => Placed;
};

/** The codings of one mark that are compared. */
export type Placed = {
  readonly codings: readonly DatedCoding[];
  /** How many are left out, as the mark has no place in the current version of its source. */
  readonly unplaced: number;
};

/** The same with all codings there. */
export type Compared = Frame & Placed;

/** Why whoever asks may not compare coders yet; `null` where they may. */
export function whyHidden(grant: Grant, pass: Pass): string | null {
  if (!isHiding(pass) || pass.lead.id === grant.actor.userId) return null;
  return `This pass is blind: until ${pass.lead.name} reveals it, you see your own marks alone, and there is nothing to compare them with.`;
}

/** Why there is nothing to compare in what was read; `null` where there is. */
export function whyNothing({ scope }: Frame, codings: number): string | null {
  if (scope.sources.length === 0) return 'No two coders have begun the same source yet.';
  return codings === 0 ? 'Nobody has put a code on a passage of these sources yet.' : null;
}

/** A pass as the Grant's holder may know it. @throws AppError not-found; invalid for a coder or source that is not in it. */
export async function passToCompare(grant: Grant, id: string, filter: AgreementFilter): Promise<Pass> {
  const pass = await getPass(grant, id);
  if (filter.source !== undefined && !pass.sourceIds.includes(filter.source))
    throw new AppError('invalid', 'This source is not in the pass.');
  if (filter.coders?.some((coder) => !pass.coders.some((one) => one.id === coder)))
    throw new AppError('invalid', 'One of these coders is not in the pass.');
  return pass;
}

/** Reads what is compared: see `readFrame`, and the codings there that the Grant's holder may see. */
export async function readCompared(grant: Grant, pass: Pass, filter: AgreementFilter): Promise<Compared> {
  const frame = await readFrame(grant, pass, filter);
  const marks = (await codingsOfPass(grant, pass.id)).map(frame.placed);
  return {
    ...frame,
    codings: marks.flatMap(({ codings }) => codings),
    unplaced: marks.reduce((sum, one) => sum + one.unplaced, 0),
  };
}

/**
 * Reads the sources that two of the coders have begun (or are done with). A source that a coder has not begun says nothing
 * of them.
 */
export async function readFrame(grant: Grant, pass: Pass, filter: AgreementFilter): Promise<Frame> {
  const chosen = new Set(filter.coders ?? pass.coders.map(({ id }) => id));
  const counts = ({ state }: Pass['assignments'][number]) =>
    filter.done ? state === 'done' : state !== 'not-started';
  const byCoder = Map.groupBy(
    pass.assignments.filter((one) => chosen.has(one.coderId) && counts(one)),
    ({ sourceId }) => sourceId,
  );
  const wanted = pass.sourceIds.filter(
    (id) => (filter.source ?? id) === id && (byCoder.get(id)?.length ?? 0) > 1,
  );
  const texts = new Map((await selectTexts(database(), grant, wanted)).map((one) => [one.id, one]));
  const sources = wanted.flatMap((id) => {
    const source = texts.get(id);
    if (source === undefined) return [];
    return [{ id, text: source.text, coders: byCoder.get(id)?.map(({ coderId }) => coderId) ?? [] }];
  });
  // Who has begun none of them is no coder of them: three would be compared where two worked.
  const at = new Set(sources.flatMap((source) => source.coders));
  const coders = pass.coders.filter(({ id }) => at.has(id));
  const ids = coders.map(({ id }) => id);
  const judges = new Map(sources.map((source) => [source.id, new Set(source.coders)]));
  const about = pass.codeIds.length === 0 ? null : new Set(pass.codeIds);
  const versions = new Map([...texts.values()].map(({ id, version }) => [id, version]));
  return {
    scope: { unit: filter.unit, coders: ids, sources, ...(filter.code && { code: filter.code }) },
    coders,
    titles: new Map([...texts.values()].map(({ id, title }) => [id, title])),
    placed({ annotationId, coderId, sourceId, version, span, created, codeIds }) {
      if (coderId === null || !judges.get(sourceId)?.has(coderId)) return { codings: [], unplaced: 0 };
      const compared = codeIds.filter((code) => (about?.has(code) ?? true) && (filter.code ?? code) === code);
      if (versions.get(sourceId) !== version) return { codings: [], unplaced: compared.length };
      const day = created.toISOString().slice(0, 10);
      return {
        codings: compared.map((codeId) => ({ annotationId, coderId, sourceId, codeId, ...span, day })),
        unplaced: 0,
      };
    },
  };
}
