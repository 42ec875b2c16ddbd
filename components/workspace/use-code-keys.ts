'use client';
import { useMemo, useRef } from 'react';
import type { Code } from '@/lib/codebook/code';

const KEYS = 9;

/**
 * The number keys by code: the nine most used in this source as they are when it is opened, then the first of the tree. A
 * key keeps its code while the page stands, so that what the hand has learnt stays true; the key of a code that goes is
 * given to another.
 */
export function useCodeKeys(
  codes: readonly Code[],
  counts: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const given = useRef<readonly (string | undefined)[]>([]);
  return useMemo(() => {
    given.current = keysFor(given.current, codes, counts);
    return new Map(
      given.current.flatMap((id, index) => (id === undefined ? [] : [[id, index + 1] as const])),
    );
  }, [codes, counts]);
}

/** Which code each of the nine keys has, given which it had. */
export function keysFor(
  given: readonly (string | undefined)[],
  codes: readonly Pick<Code, 'id'>[],
  counts: ReadonlyMap<string, number>,
): (string | undefined)[] {
  const ids = new Set(codes.map(({ id }) => id));
  const kept = given.map((id) => (id !== undefined && ids.has(id) ? id : undefined));
  const free = codes
    .map(({ id }, order) => ({ id, order, count: counts.get(id) ?? 0 }))
    .filter(({ id }) => !kept.includes(id))
    .sort((a, b) => b.count - a.count || a.order - b.order)
    .map(({ id }) => id);
  return Array.from({ length: KEYS }, (_, key) => kept[key] ?? free.shift());
}
