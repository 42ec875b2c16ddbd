'use client';
import { useCallback, useMemo, useState } from 'react';
import { describe, type Span } from '@/lib/anchoring/describe';
import type { Annotation } from '@/lib/annotations/annotation';
import { spanOf } from '@/lib/annotations/span';
import { useActions } from '../live/project-context';
import type { Reader } from '../reader/article-view';
import { scrollToSpan } from '../reader/scroll-to-span';
import { toast } from '../ui/toasts';

/** A mark whose range is being edited, and where it would stand. */
export type Ranging = { readonly id: string; readonly span: Span };

/** Editing the range of a mark: it begins where the mark stands, and nothing is changed until it is saved. */
export function useRanging(reader: Reader | null, announce: (words: string) => void) {
  const actions = useActions();
  const [ranging, setRanging] = useState<Ranging | null>(null);
  const end = useCallback(() => {
    setRanging(null);
    reader?.root.focus({ preventScroll: true });
  }, [reader]);
  return useMemo(
    () => ({
      ranging,
      begin(annotation: Annotation) {
        if (reader === null) return;
        const span = spanOf(annotation);
        scrollToSpan(reader, span);
        document.getSelection()?.removeAllRanges();
        setRanging({ id: annotation.id, span });
      },
      move(span: Span) {
        setRanging((was) => (was === null ? null : { ...was, span }));
        if (reader !== null) scrollToSpan(reader, span);
      },
      cancel() {
        announce('The passage stays as it was');
        end();
      },
      save() {
        const was = ranging === null ? undefined : actions.peek().annotations.get(ranging.id);
        if (reader !== null && ranging !== null && was !== undefined) {
          const before = spanOf(was);
          if (before.start !== ranging.span.start || before.end !== ranging.span.end) {
            const { selector } = was;
            actions.updateAnnotation(ranging.id, { selector: describe(reader.map.text, ranging.span) });
            toast({
              text: 'Passage changed',
              action: {
                label: 'Undo',
                onPress: () => actions.updateAnnotation(was.id, { selector }),
              },
            });
          }
        }
        end();
      },
    }),
    [ranging, reader, actions, announce, end],
  );
}
