'use client';
import { ChevronDown } from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { OPTION_CLASS, POPOVER_CLASS } from '../ui/menu';
import { Select } from '../ui/select';
import { CodeDot } from './code-picker';
import { isFiltering, NO_FILTER, toggled } from './filter';
import { COLOUR_OPTIONS, type Entry, type FilterProps, filterEntries } from './filter-entries';
import { KINDS } from './kinds';

/**
 * Which marks are shown and what their colours mean, on one line that never grows: what does not fit is scrolled to.
 * Only choosing other colours adds the line that explains them.
 */
export function FilterRow(props: FilterProps) {
  const { annotations, filter, onFilter, colourBy, onColourBy, shown } = props;
  const { kinds, codes, people, legend } = filterEntries(props);
  return (
    <div className="text-[13px]">
      <div className="flex h-8 items-center gap-2">
        <div className="-ms-1.5 flex min-w-0 grow items-center gap-0.5 overflow-x-auto p-0.5 [scrollbar-width:none]">
          {kinds.map(({ kind, count }) => (
            <button
              key={kind}
              type="button"
              aria-pressed={filter.kinds.includes(kind)}
              onClick={() => onFilter({ ...filter, kinds: toggled(filter.kinds, kind) })}
              className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md px-1.5 text-muted hover:bg-hover aria-pressed:bg-accent-wash aria-pressed:text-ink"
            >
              {colourBy === 'kind' && kind !== 'classifying' ? <CodeDot colour={KINDS[kind].colour} /> : null}
              {KINDS[kind].plural} <span className="tabular-nums">{count}</span>
            </button>
          ))}
          {codes.length > 0 ? (
            <FilterMenu
              label="Code"
              entries={codes}
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
        </div>
        {isFiltering(filter) ? (
          <button
            type="button"
            onClick={() => onFilter(NO_FILTER)}
            className="h-7 shrink-0 rounded-md px-2 text-accent underline underline-offset-2 hover:bg-hover"
          >
            Show all ({shown} of {annotations.length})
          </button>
        ) : null}
        <Select
          label="Colour by"
          labelHidden
          size="small"
          className="shrink-0"
          value={colourBy}
          onChange={onColourBy}
          options={COLOUR_OPTIONS}
        />
      </div>
      {colourBy === 'kind' ? null : <Legend entries={legend} withoutCode={colourBy === 'code'} />}
    </div>
  );
}

/** What the colours mean, on one line. */
function Legend({ entries, withoutCode }: { entries: readonly Entry[]; withoutCode: boolean }) {
  return (
    <ul
      aria-label="What the colours mean"
      className="flex h-7 items-center gap-x-3 overflow-x-auto whitespace-nowrap text-muted [scrollbar-width:none]"
    >
      {entries.map(({ id, name, colour }) => (
        <li key={id} className="inline-flex items-center gap-1.5">
          <CodeDot colour={colour} /> {name}
        </li>
      ))}
      {withoutCode ? <li>Marks without a code keep the colour of their kind</li> : null}
    </ul>
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
      <Button className="inline-flex h-7 shrink-0 items-center gap-1 rounded-md px-2 text-muted hover:bg-hover">
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
