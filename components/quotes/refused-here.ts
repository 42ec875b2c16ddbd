import { useCallback } from 'react';
import { useStored } from '../ui/use-stored';

const NONE: readonly string[] = [];

/** Proposals that were refused in this browser, for a text of a source: another text is asked about anew. */
export function useRefused(sourceId: string, text: string) {
  const [refused, setRefused] = useStored<readonly string[]>(
    `gloss.refused-quotes.${sourceId}.${hashOf(text)}`,
    NONE,
    isKeys,
  );
  return {
    refused,
    refuse: useCallback((key: string) => setRefused([...refused, key]), [refused, setRefused]),
    bringBack: useCallback(
      (key?: string) => setRefused(key === undefined ? NONE : refused.filter((each) => each !== key)),
      [refused, setRefused],
    ),
  };
}

function isKeys(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** FNV-1a over the UTF-16 units, with the length: tells one text from another, nothing more. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${text.length}-${(hash >>> 0).toString(36)}`;
}
