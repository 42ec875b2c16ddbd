'use client';
import type { Reader } from '../reader/article-view';
import { MarkingPanel } from './marking-panel';
import { PlacingBar } from './placing-bar';
import { RangingBar } from './ranging-bar';
import type { useMarking } from './use-marking';
import type { usePlacing } from './use-placing';
import type { useRanging } from './use-ranging';
import type { useSourceMarks } from './use-source-marks';

/** What opens at a passage: for a mark whose range is edited, for one that is placed by hand, else for what is selected. */
export function PassagePanels({
  reader,
  marking,
  ranging,
  placing,
  canMark,
  marks,
  speakersOf,
}: {
  reader: Reader;
  marking: ReturnType<typeof useMarking>;
  ranging: ReturnType<typeof useRanging>;
  placing: ReturnType<typeof usePlacing>;
  canMark: boolean;
  marks: Pick<ReturnType<typeof useSourceMarks>, 'all' | 'codeList' | 'codeKeys'>;
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
      annotations={marks.all}
      codeList={marks.codeList}
      codeKeys={marks.codeKeys}
      speakersOf={speakersOf}
    />
  );
}
