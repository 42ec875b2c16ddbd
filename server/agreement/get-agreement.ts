import { database } from '../../db/client';
import { lastEventId } from '../../db/events';
import type { Grant } from '../../lib/access/grant';
import type { AgreementFilter, AgreementOf, PassAgreement } from '../../lib/agreement/answer';
import type { Pass } from '../../lib/passes/pass';
import { passToCompare, readCompared, whyHidden, whyNothing } from './compared';
import { runAgreement } from './run';

const NOTHING: AgreementOf = {
  ...{ measures: [], byPair: [], byCode: [], confusion: [], byDay: [] },
  kinds: { same: 0, boundary: 0, code: 0, 'only-one': 0 },
};

/** What was computed lately, by what was asked: good until the next event of its project. */
const computed = new Map<string, { lastEventId: number; answer: Promise<PassAgreement> }>();
const MOST_COMPUTED = 64;

/**
 * How far the coders of a pass agree, by every measure; computed once for an event, whoever asks. Whoever may not see others'
 * work yet gets no figure and is told why. @throws AppError not-found, invalid; unavailable where it takes too long.
 */
export async function getAgreement(
  grant: Grant,
  passId: string,
  filter: AgreementFilter,
): Promise<PassAgreement> {
  const pass = await passToCompare(grant, passId, filter);
  // Before anything is read: what comes meanwhile is a newer event, and computed anew.
  const newest = await lastEventId(database(), grant);
  const hidden = whyHidden(grant, pass);
  if (hidden !== null) return { ...headOf(pass, filter, newest), nothing: hidden };
  const key = JSON.stringify([passId, filter]);
  const known = computed.get(key);
  if (known?.lastEventId === newest) return known.answer;
  const answer = compute(grant, pass, filter, newest);
  computed.delete(key);
  computed.set(key, { lastEventId: newest, answer });
  const [oldest] = computed.keys();
  if (computed.size > MOST_COMPUTED && oldest !== undefined) computed.delete(oldest);
  // What failed is tried again by whoever asks next.
  answer.catch(() => computed.get(key)?.answer === answer && computed.delete(key));
  return answer;
}

async function compute(
  grant: Grant,
  pass: Pass,
  filter: AgreementFilter,
  newest: number,
): Promise<PassAgreement> {
  const compared = await readCompared(grant, pass, filter);
  const nothing = whyNothing(compared);
  const found = nothing === null ? await runAgreement(compared) : NOTHING;
  return {
    ...headOf(pass, filter, newest),
    ...found,
    coders: compared.coders.map(({ id, name }) => ({ id, name })),
    ...{ sources: compared.scope.sources.length, codings: compared.codings.length, nothing },
  };
}

function headOf(pass: Pass, { unit }: AgreementFilter, newest: number): PassAgreement {
  return {
    ...NOTHING,
    passId: pass.id,
    unit,
    coders: [],
    sources: 0,
    codings: 0,
    nothing: null,
    lastEventId: newest,
  };
}
