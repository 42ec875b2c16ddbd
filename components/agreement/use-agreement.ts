'use client';
import { useMemo } from 'react';
import type { PassAgreement } from '@/lib/agreement/answer';
import { NOTHING_IN_TABLES } from '@/lib/agreement/ratings';
import type { UnitKind } from '@/lib/agreement/sections';
import { useProject } from '../live/project-context';
import { useRested } from '../live/use-rested';
import { call } from '../ui/http';
import { useCall } from '../ui/use-call';

/** What the page compares; empty: everything. */
export type Choice = {
  readonly unit: UnitKind;
  readonly source: string;
  readonly code: string;
  readonly done: boolean;
};
/** Which of its places are wanted. */
export type Cell = {
  readonly title: string;
  readonly coders?: string;
  readonly code?: string;
  readonly kind?: 'same' | 'boundary' | 'code' | 'only-one';
  readonly disputed?: 'true';
  /** A day in UTC. */
  readonly until?: string;
  readonly one?: string;
  readonly other?: string;
};

/** ms after the last news before figures are computed anew. */
const REST = 800;

export function queryOf({ unit, source, code, done }: Choice) {
  return { unit, source: source || undefined, code: code || undefined, done: done ? 'true' : undefined };
}

/** The same for what comes at once: figures alone. */
const SOON = 100;

/**
 * The figures of a pass, kept up to date while people code: those that come at once, and what takes seconds (intervals, pairs,
 * gamma, days) as it was until it is computed again.
 */
export function useAgreement(passId: string, choice: Choice) {
  const projectId = useProject((state) => state.project.id);
  const [soon, rested] = [useRested(SOON), useRested(REST)];
  const query = queryOf(choice);
  const params = { projectId, passId };
  const question = JSON.stringify([passId, query]);
  const ask = async (signal: AbortSignal, more = {}): Promise<Answered> => ({
    question,
    agreement: await call('agreement.get', { params, query: { ...query, ...more }, signal }),
  });
  const atOnce = useCall((signal) => ask(signal, { whole: 'false' }), `${question} ${soon}`);
  const whole = useCall((signal) => ask(signal), `${question} ${rested}`);
  const isWhole =
    whole.isCurrent && (atOnce.data?.agreement.lastEventId ?? 0) <= (whole.data?.agreement.lastEventId ?? 0);
  const shown =
    isWhole || !atOnce.isCurrent ? (whole.data ?? atOnce.data)?.agreement : newer(atOnce.data, whole.data);
  return {
    data: shown ?? null,
    error: whole.error ?? atOnce.error,
    /** The figures are those of what stands now. */
    isCurrent: whole.isCurrent || atOnce.isCurrent,
  };
}

type Answered = { readonly question: string; readonly agreement: PassAgreement };

/** What came at once, with what takes longer as it was computed last for the same question. */
function newer(now: Answered | null, before: Answered | null): PassAgreement | undefined {
  // Pairs of another source or code would stand among the figures of this one.
  if (now === null || before?.question !== now.question) return (now ?? before)?.agreement;
  const { measures, byPair, byDay } = before.agreement;
  const slow = measures.filter(({ id }) => now.agreement.measures.every((one) => one.id !== id));
  return { ...now.agreement, measures: [...now.agreement.measures, ...slow], byPair, byDay };
}

/** The places behind a cell, as many as wanted. */
export function usePlaces(passId: string, choice: Choice, cell: Cell, limit: number) {
  const projectId = useProject((state) => state.project.id);
  const rested = useRested(REST);
  const { title: _, ...asked } = cell;
  const query = { ...queryOf(choice), ...asked, limit };
  return useCall(
    (signal) => call('agreement.passages', { params: { projectId, passId }, query, signal }),
    JSON.stringify([passId, query, rested]),
  );
}

/** What codes are called and how they are coloured; of a value, the names of all its codes. */
export function useCodeNames() {
  const codes = useProject((state) => state.codes);
  return useMemo(() => {
    const nameOf = (id: string) => codes.get(id)?.name ?? 'A code that is gone';
    return {
      nameOf,
      colourOf: (id: string) => codes.get(id)?.colour ?? 'amber',
      valueWords: (value: string) =>
        value === NOTHING_IN_TABLES ? 'No code' : value.split('; ').map(nameOf).join(' + '),
    };
  }, [codes]);
}
