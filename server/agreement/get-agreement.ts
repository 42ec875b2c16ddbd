import { selectRedactedAmong } from '../../db/access/kept';
import { database } from '../../db/client';
import { lastEventId } from '../../db/events';
import type { Grant } from '../../lib/access/grant';
import type { AgreementOf, AgreementQuery, PassAgreement } from '../../lib/agreement/answer';
import type { Pass } from '../../lib/passes/pass';
import { passToCompare, readCompared, whyHidden, whyNothing } from './compared';
import { runAgreement } from './run';
import { standing } from './standing';

const NOTHING: AgreementOf = {
  ...{ measures: [], byPair: [], byCode: [], confusion: [], byDay: [] },
  kinds: { same: 0, boundary: 0, code: 0, 'only-one': 0 },
};

/** What was computed lately, by what was asked: good until the next event of its project. */
const answers = new Map<string, { lastEventId: number; answer: Promise<PassAgreement> }>();
const MOST_ANSWERS = 64;

/**
 * How far the coders of a pass agree, by every measure; computed once for an event, whoever asks. What comes at once is kept
 * between events. Whoever may not see others'
 * work yet gets no figure and is told why. @throws AppError not-found, invalid; unavailable where it takes too long.
 */
export async function getAgreement(
  grant: Grant,
  passId: string,
  filter: AgreementQuery,
): Promise<PassAgreement> {
  const pass = await passToCompare(grant, passId, filter);
  // Before anything is read: what comes meanwhile is a newer event, and computed anew.
  const newest = await lastEventId(database(), grant);
  const hidden = whyHidden(grant, pass);
  if (hidden !== null) return { ...headOf(pass, filter, newest), nothing: hidden };
  const redacted = await selectRedactedAmong(database(), grant, pass.sourceIds);
  const key = JSON.stringify([passId, filter, pass.sourceIds, redacted]);
  const known = answers.get(key);
  if (known?.lastEventId === newest) return known.answer;
  const answer = compute(grant, pass, filter, newest);
  answers.delete(key);
  answers.set(key, { lastEventId: newest, answer });
  const [oldest] = answers.keys();
  if (answers.size > MOST_ANSWERS && oldest !== undefined) answers.delete(oldest);
  // What failed is tried again by whoever asks next.
  answer.catch(() => answers.get(key)?.answer === answer && answers.delete(key));
  return answer;
}

async function compute(
  grant: Grant,
  pass: Pass,
  filter: AgreementQuery,
  newest: number,
): Promise<PassAgreement> {
  const { frame, told } = await (filter.whole
    ? computed(grant, pass, filter)
    : standing(grant, pass, filter, newest));
  const { found, codings, unplaced } = told;
  const nothing = whyNothing(frame, codings);
  return {
    ...headOf(pass, filter, newest),
    ...(nothing === null && found),
    coders: frame.coders.map(({ id, name }) => ({ id, name })),
    ...{ sources: frame.scope.sources.length, codings, unplaced, nothing },
  };
}

/** All of it anew. */
async function computed(grant: Grant, pass: Pass, filter: AgreementQuery) {
  const frame = await readCompared(grant, pass, filter);
  const { scope, codings, unplaced } = frame;
  const isNothing = whyNothing(frame, codings.length) !== null;
  const found = isNothing ? NOTHING : await runAgreement({ scope, codings, whole: true });
  return { frame, told: { found, codings: codings.length, unplaced } };
}

function headOf(pass: Pass, { unit, whole }: AgreementQuery, newest: number): PassAgreement {
  return {
    ...NOTHING,
    passId: pass.id,
    unit,
    whole,
    coders: [],
    sources: 0,
    codings: 0,
    unplaced: 0,
    nothing: null,
    lastEventId: newest,
  };
}
