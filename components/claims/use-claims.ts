'use client';
import { useMemo } from 'react';
import type { Claim } from '@/lib/claims/claim';
import { originsOf } from '@/lib/claims/origins';
import { useProject } from '../live/project-context';

/** The statuses of a project in their order, and how one is shown by its key. */
export function useStatuses() {
  const list = useProject((state) => state.claimStatuses);
  return useMemo(() => {
    const byKey = new Map(list.map((status) => [status.key, status]));
    return {
      list,
      nameOf: (key: string) => byKey.get(key)?.name ?? key,
      colourOf: (key: string) => byKey.get(key)?.colour ?? 'indigo',
    };
  }, [list]);
}

/** The sources a claim rests on by its supporting evidence, and the origins those have. */
export function useOrigins(claim: Pick<Claim, 'evidence'> | undefined) {
  const sources = useProject((state) => state.sources);
  return useMemo(() => {
    const ids = [
      ...new Set(
        (claim?.evidence ?? []).filter(({ stance }) => stance === 'supports').map(({ sourceId }) => sourceId),
      ),
    ];
    const links = [...sources.values()].flatMap(({ id, derivesFrom }) =>
      derivesFrom.map((originId) => ({ sourceId: id, originId })),
    );
    return { ids, links, ...originsOf(ids, links) };
  }, [claim, sources]);
}
