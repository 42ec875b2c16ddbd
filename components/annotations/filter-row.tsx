'use client';
import { ChevronDown } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import type { Annotation } from '@/lib/annotations/annotation';
import { MOTIVATIONS } from '@/lib/annotations/motivations';
import type { Code } from '@/lib/codebook/code';
import { personColour } from '../ui/avatar';
import { OPTION_CLASS, POPOVER_CLASS } from '../ui/menu';
import { Select } from '../ui/select';
import { CodeDot } from './code-picker';
import { type Filter, isFiltering, NO_FILTER, toggled } from './filter';
import { type ColourBy, KINDS } from './kinds';

type Entry = { id: string; name: string; colour: string; count: number };

/** Which marks are shown and what their colours mean; the counts are of the whole source. */
export function FilterRow({
  annotations,
  codes,
  filter,
  onFilter,
  colourBy,
  onColourBy,
  shown,
}: {
  annotations: readonly Annotation[];
  codes: readonly Code[];
  filter: Filter;
  onFilter: (filter: Filter) => void;
  colourBy: ColourBy;
  onColourBy: (by: ColourBy) => void;
  shown: number;
}) {
  const kinds = MOTIVATIONS.map((kind) => ({
    kind,
    count: countOf(annotations, (a) => a.motivation === kind),
  }));
  const codeEntries = codes.map(
    (code): Entry => ({
      id: code.id,
      name: code.name,
      colour: code.colour,
      count: countOf(annotations, (a) => a.codeIds.includes(code.id)),
    }),
  );
  const people = peopleOf(annotations);
  const legend =
    colourBy === 'kind' ? [] : (colourBy === 'code' ? codeEntries : people).filter(({ count }) => count > 0);
  return (
    <div className="-mx-1.5 flex flex-wrap items-center gap-x-0.5 gap-y-1 text-[13px]">
      {kinds
        .filter(({ kind, count }) => count > 0 || filter.kinds.includes(kind))
        .map(({ kind, count }) => (
          <button
            key={kind}
            type="button"
            aria-pressed={filter.kinds.includes(kind)}
            onClick={() => onFilter({ ...filter, kinds: toggled(filter.kinds, kind) })}
            className="inline-flex h-7 items-center gap-1.5 rounded-md px-1.5 text-muted hover:bg-hover aria-pressed:bg-accent-wash aria-pressed:text-ink"
          >
            {colourBy === 'kind' && kind !== 'classifying' ? <CodeDot colour={KINDS[kind].colour} /> : null}
            {KINDS[kind].plural} <span className="tabular-nums">{count}</span>
          </button>
        ))}
      {codeEntries.some(({ count }) => count > 0) ? (
        <FilterMenu
          label="Code"
          entries={codeEntries}
          chosen={filter.codeIds}
          onChoose={(codeIds) => onFilter({ ...filter, codeIds })}
        />
      ) : null}
      {people.length > 1 ? (
        <FilterMenu
          label="Person"
          entries={people}
          chosen={filter.personIds}
          onChoose={(personIds) => onFilter({ ...filter, personIds })}
        />
      ) : null}
      {isFiltering(filter) ? (
        <button
          type="button"
          onClick={() => onFilter(NO_FILTER)}
          className="h-7 rounded-md px-2 text-accent underline underline-offset-2 hover:bg-hover"
        >
          Show all ({shown} of {annotations.length})
        </button>
      ) : null}
      {annotations.length > 0 ? (
        <Select
          label="Colour by"
          labelHidden
          size="small"
          className="ms-auto"
          value={colourBy}
          onChange={onColourBy}
          options={[
            { id: 'kind', label: 'Colour: kind' },
            { id: 'code', label: 'Colour: code' },
            { id: 'person', label: 'Colour: person' },
          ]}
        />
      ) : null}
      {legend.length > 0 ? (
        <ul
          aria-label="What the colours mean"
          className="flex w-full flex-wrap gap-x-3 gap-y-0.5 px-2 text-muted"
        >
          {legend.map(({ id, name, colour }) => (
            <li key={id} className="inline-flex items-center gap-1.5">
              <CodeDot colour={colour} /> {name}
            </li>
          ))}
          {colourBy === 'code' ? <li>Marks without a code keep the colour of their kind</li> : null}
        </ul>
      ) : null}
    </div>
  );
}

function FilterMenu({
  label,
  entries,
  chosen,
  onChoose,
}: {
  label: string;
  entries: readonly Entry[];
  chosen: readonly string[];
  onChoose: (ids: string[]) => void;
}) {
  return (
    <MenuTrigger>
      <Button className="inline-flex h-7 items-center gap-1 rounded-md px-2 text-muted hover:bg-hover">
        {label}
        {chosen.length > 0 ? <span className="text-accent">{chosen.length}</span> : null}
        <ChevronDown aria-hidden className="size-3.5" />
      </Button>
      <Popover className={`${POPOVER_CLASS} min-w-48`}>
        <Menu
          aria-label={`Show only: ${label.toLowerCase()}`}
          selectionMode="multiple"
          selectedKeys={chosen}
          onSelectionChange={(keys) =>
            onChoose(keys === 'all' ? entries.map(({ id }) => id) : [...keys].map(String))
          }
          className="max-h-80 overflow-auto p-1 outline-none"
        >
          {entries.map(({ id, name, colour, count }) => (
            <MenuItem key={id} id={id} textValue={name} className={OPTION_CLASS}>
              {({ isSelected }) => (
                <span className="flex items-center gap-2">
                  <CodeDot colour={colour} />
                  <span className={`grow ${isSelected ? 'font-medium' : ''}`}>{name}</span>
                  <span className="tabular-nums text-muted">{count}</span>
                </span>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function countOf(annotations: readonly Annotation[], is: (annotation: Annotation) => boolean): number {
  let count = 0;
  for (const annotation of annotations) if (is(annotation)) count += 1;
  return count;
}

function peopleOf(annotations: readonly Annotation[]): Entry[] {
  const people = new Map<string, Entry>();
  for (const { creator } of annotations) {
    const entry = people.get(creator.id);
    if (entry === undefined)
      people.set(creator.id, {
        id: creator.id,
        name: creator.name,
        colour: personColour(creator.id),
        count: 1,
      });
    else entry.count += 1;
  }
  return [...people.values()].sort((a, b) => b.count - a.count);
}
