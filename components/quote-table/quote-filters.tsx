'use client';
import { ATTRIBUTION_LEVELS } from '@/lib/annotations/attribution';
import { LEVELS } from '@/lib/quotes/levels';
import type { QuoteFilter } from '@/lib/quotes/quote-row';
import { useProject } from '../live/project-context';
import { Select } from '../ui/select';
import { TextField } from '../ui/text-field';

const ALL = 'all';
const given = <V extends string>(value: V | 'all') => (value === ALL ? undefined : (value as V));

/** What narrows the table: words, and one choice for each thing that is known of a quote. */
export function QuoteFilters({
  filter,
  onFilter,
}: {
  filter: QuoteFilter;
  onFilter: (filter: QuoteFilter) => void;
}) {
  const { sources, speakers, codes } = useProject((state) => ({
    sources: state.sources,
    speakers: state.speakers,
    codes: state.codes,
  }));
  const byName = <T extends { id: string }>(things: Iterable<T>, nameOf: (thing: T) => string) =>
    [...things]
      .map((thing) => ({ id: thing.id, label: nameOf(thing) }))
      .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <search className="grid grid-cols-2 gap-2 pb-3 sm:flex sm:flex-wrap sm:items-end">
      <TextField
        label="Find in quotes"
        labelHidden
        type="search"
        placeholder="Words or a name"
        value={filter.q ?? ''}
        onChange={(q) => onFilter({ ...filter, q: q || undefined })}
        className="col-span-2 min-w-44 grow"
      />
      <Select
        label="Speaker"
        labelHidden
        className="sm:w-40"
        value={filter.speaker ?? ALL}
        onChange={(id) => onFilter({ ...filter, speaker: given(id) })}
        options={[
          { id: ALL, label: 'Every speaker' },
          { id: 'none', label: 'Nobody named' },
          ...byName(speakers.values(), ({ name }) => name),
        ]}
      />
      <Select
        label="Source"
        labelHidden
        className="sm:w-40"
        value={filter.source ?? ALL}
        onChange={(id) => onFilter({ ...filter, source: given(id) })}
        options={[{ id: ALL, label: 'Every source' }, ...byName(sources.values(), ({ title }) => title)]}
      />
      <Select
        label="Attribution"
        labelHidden
        className="sm:w-36"
        value={filter.level ?? ALL}
        onChange={(id) => onFilter({ ...filter, level: given(id) })}
        options={[
          { id: ALL, label: 'Every level' },
          ...ATTRIBUTION_LEVELS.map((id) => ({ id, label: LEVELS[id].name, hint: LEVELS[id].means })),
          { id: 'none', label: 'Not agreed' },
        ]}
      />
      <Select
        label="Given as"
        labelHidden
        className="sm:w-36"
        value={filter.style ?? ALL}
        onChange={(id) => onFilter({ ...filter, style: given(id) })}
        options={[
          { id: ALL, label: 'Any speech' },
          { id: 'direct', label: 'Direct' },
          { id: 'indirect', label: 'Indirect' },
        ]}
      />
      {codes.size === 0 ? null : (
        <Select
          label="Code"
          labelHidden
          className="sm:w-36"
          value={filter.code ?? ALL}
          onChange={(id) => onFilter({ ...filter, code: given(id) })}
          options={[{ id: ALL, label: 'Every code' }, ...byName(codes.values(), ({ name }) => name)]}
        />
      )}
    </search>
  );
}
