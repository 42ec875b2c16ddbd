'use client';
import { useCallback, useMemo, useState } from 'react';
import type { Span } from '@/lib/anchoring/describe';
import type { Source } from '@/lib/sources/source';
import { suggestSpeakers } from '../annotations/speakers';
import { useActions } from '../live/project-context';
import type { Reader } from '../reader/article-view';
import { scrollToSpan } from '../reader/scroll-to-span';

/** The proposed quote one is at, which the article shows, and what finding quotes needs; `null` for who may not mark. */
export function useFinding(
  reader: Reader | null,
  source: Source,
  canMark: boolean,
  announce: (words: string) => void,
) {
  const [proposed, setProposed] = useState<Span | null>(null);
  const finding = useMemo(() => {
    if (reader === null || !canMark) return null;
    const onShow = (span: Span | null) => {
      setProposed(span);
      if (span !== null) scrollToSpan(reader, span);
    };
    return { source, text: reader.map.text, onShow, announce };
  }, [reader, source, canMark, announce]);
  return { proposed, finding };
}

/** Who may have said a passage of the article that is read. */
export function useSpeakersOf(reader: Reader | null) {
  const actions = useActions();
  return useCallback(
    (span: Span) =>
      reader === null ? [] : suggestSpeakers(reader.map.text, span, actions.peek().annotations.values()),
    [reader, actions],
  );
}
