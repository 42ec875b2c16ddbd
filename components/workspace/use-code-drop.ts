'use client';
import { useEffect, useRef } from 'react';
import type { Reader } from '../reader/article-view';
import { nearestOffset } from '../reader/hit-test';
import type { useMarking } from './use-marking';
import { PASSAGE } from './use-source-marks';

/** The type under which a code of the navigator travels. */
export const DRAGGED_CODE = 'application/x-gloss-code';

/** Takes a code that is dropped on the article: on the selected words, or on a mark. By touch the picker does the same. */
export function useCodeDrop(reader: Reader | null, marking: ReturnType<typeof useMarking>): void {
  const latest = useRef(marking);
  latest.current = marking;
  useEffect(() => {
    if (reader === null) return;
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes(DRAGGED_CODE) === true;
    const over = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
    };
    const drop = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      const codeId = event.dataTransfer?.getData(DRAGGED_CODE) ?? '';
      const at = nearestOffset(reader.map, event.clientX, event.clientY);
      const now = latest.current;
      const span = now.selected?.span;
      const [hit] = reader.layer.hitTest(event.clientX, event.clientY).filter((id) => id !== PASSAGE);
      if (span !== undefined && at !== null && at >= span.start && at <= span.end) now.codeSelected(codeId);
      else if (hit !== undefined) now.codeMark(codeId, hit);
      else now.say('Drop a code on selected words or on a mark');
    };
    reader.root.addEventListener('dragover', over);
    reader.root.addEventListener('drop', drop);
    return () => {
      reader.root.removeEventListener('dragover', over);
      reader.root.removeEventListener('drop', drop);
    };
  }, [reader]);
}
