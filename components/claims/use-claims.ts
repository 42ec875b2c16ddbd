'use client';
import { useMemo } from 'react';
import { chainLinks } from '@/lib/claims/chain-origins';
import type { Claim } from '@/lib/claims/claim';
import { type OriginLink, originsOf } from '@/lib/claims/origins';
import type { Source } from '@/lib/sources/source';
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

/** One list for each state of the sources. */
const linksKnown = new WeakMap<object, OriginLink[]>();

function linksOf(sources: ReadonlyMap<string, Source>): OriginLink[] {
  const known = linksKnown.get(sources);
  if (known !== undefined) return known;
  const links = [...sources.values()].flatMap(({ id, derivesFrom }) =>
    derivesFrom.map((originId) => ({ sourceId: id, originId })),
  );
  linksKnown.set(sources, links);
  return links;
}

/** The sources a claim rests on by its supporting evidence, and the origins those have. */
export function useOrigins(claim: Pick<Claim, 'evidence'> | undefined) {
  const { sources, speakers } = useProject((state) => ({ sources: state.sources, speakers: state.speakers }));
  return useMemo(() => {
    const supports = (claim?.evidence ?? []).filter(({ stance }) => stance === 'supports');
    const ids = [...new Set(supports.map(({ sourceId }) => sourceId))];
    const own = linksOf(sources);
    const added = chainLinks(supports);
    // The same list for all claims that chains add nothing to: what is made of it is kept.
    const links = added.length === 0 ? own : [...own, ...added];
    const nameOf = (id: string) => {
      const speaker = id.startsWith('speaker:') ? speakers.get(id.slice('speaker:'.length)) : undefined;
      const label = supports.find(({ origin }) => origin?.key === id)?.origin?.label;
      return sources.get(id)?.title ?? speaker?.name ?? (label || 'A source that was removed');
    };
    return { ids, links, nameOf, ...originsOf(ids, links) };
  }, [claim, sources, speakers]);
}
