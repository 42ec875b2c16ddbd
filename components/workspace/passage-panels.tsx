'use client';
import type { Annotation } from '@/lib/annotations/annotation';
import type { Code } from '@/lib/codebook/code';
import type { Reader } from '../reader/article-view';
import { MarkingPanel } from './marking-panel';
import { PlacingBar } from './placing-bar';
import { RangingBar } from './ranging-bar';
import type { useMarking } from './use-marking';
import type { usePlacing } from './use-placing';
import type { useRanging } from './use-ranging';

/** What opens at a passage: for a mark whose range is edited, for one that is placed by hand, else for what is selected. */
export function PassagePanels({
  reader,
  marking,
  ranging,
  placing,
  canMark,
  annotations,
  codeList,
  speakersOf,
}: {
  reader: Reader;
  marking: ReturnType<typeof useMarking>;
  ranging: ReturnType<typeof useRanging>;
  placing: ReturnType<typeof usePlacing>;
  canMark: boolean;
  annotations: readonly Annotation[];
  codeList: readonly Code[];
  speakersOf: (span: { start: number; end: number }) => string[];
}) {
  if (ranging.ranging !== null)
    return (
      <RangingBar
        reader={reader}
        span={ranging.ranging.span}
        onSave={ranging.save}
        onCancel={ranging.cancel}
      />
    );
  const { selected } = marking;
  if (placing.annotation !== null)
    return selected === null ? null : (
      <PlacingBar
        reader={reader}
        span={selected.span}
        focused={marking.barFocus}
        onPlace={() => void placing.place(selected.span)}
      />
    );
  if (!canMark) return null;
  return (
    <MarkingPanel
      marking={marking}
      reader={reader}
      annotations={annotations}
      codeList={codeList}
      speakersOf={speakersOf}
    />
  );
}
