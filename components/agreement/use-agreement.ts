'use client';
import { useMemo } from 'react';
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

/** The figures of a pass, kept up to date while people code. */
export function useAgreement(passId: string, choice: Choice) {
  const projectId = useProject((state) => state.project.id);
  const rested = useRested(REST);
  const query = queryOf(choice);
  return useCall(
    (signal) => call('agreement.get', { params: { projectId, passId }, query, signal }),
    JSON.stringify([passId, query, rested]),
  );
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
