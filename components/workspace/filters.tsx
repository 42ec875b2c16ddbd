'use client';
import { type Filter, isFiltering } from '../annotations/filter';
import { FilterButton } from '../annotations/filter-button';
import { FilterRow } from '../annotations/filter-row';
import type { ColourBy } from '../annotations/kinds';
import type { useSourceMarks } from './use-source-marks';

/** Which marks are shown and how they are coloured: a row over the article, or a button where there is no room. */
export function Filters({
  isNarrow,
  marks,
  filter,
  onFilter,
  colourBy,
  onColourBy,
}: {
  isNarrow: boolean;
  marks: ReturnType<typeof useSourceMarks>;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  colourBy: ColourBy;
  onColourBy: (by: ColourBy) => void;
}) {
  if (marks.all.length === 0 && !isFiltering(filter))
    return <p className={`text-[13px] text-muted ${isNarrow ? 'leading-9' : 'leading-8'}`}>No marks yet</p>;
  const Shown = isNarrow ? FilterButton : FilterRow;
  return (
    <Shown
      annotations={marks.all}
      codes={marks.codeList}
      filter={filter}
      onFilter={onFilter}
      colourBy={colourBy}
      onColourBy={onColourBy}
      shown={marks.shown.length}
    />
  );
}
