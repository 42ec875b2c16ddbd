'use client';
import { ListFilter } from 'lucide-react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Button } from '../ui/button';
import { POPOVER_CLASS } from '../ui/menu';
import { Select } from '../ui/select';
import { CodeDot } from './code-picker';
import { type Filter, isFiltering, NO_FILTER, toggled } from './filter';
import { COLOUR_OPTIONS, type FilterProps, filterEntries } from './filter-entries';
import { KINDS } from './kinds';

type Choice = { id: string; name: string; colour: string | null; count: number; isOn: boolean };

/** The filter of a narrow page: one line of a fixed height, and everything else in a panel behind its button. */
export function FilterButton(props: FilterProps) {
  const { annotations, filter, onFilter, colourBy, onColourBy, shown } = props;
  const { kinds, codes, people } = filterEntries(props);
  const chosen = filter.kinds.length + filter.codeIds.length + filter.personIds.length;
  const toggle = <K extends keyof Filter>(key: K, id: string) =>
    onFilter({ ...filter, [key]: toggled<string>(filter[key], id) });
  return (
    <div className="flex h-9 items-center gap-3 text-[14px]">
      <DialogTrigger>
        <Button className="gap-2 px-3 text-[14px]">
          <ListFilter aria-hidden className="size-4" />
          {chosen > 0 ? `Filter, ${chosen} on` : 'Filter'}
        </Button>
        <Popover
          placement="bottom start"
          className={`${POPOVER_CLASS} w-[min(22rem,calc(100vw-24px))] overflow-y-auto`}
        >
          <Dialog aria-label="Filter the marks" className="flex flex-col gap-4 p-4 outline-none">
            <Choices
              title="Kind"
              onToggle={(id) => toggle('kinds', id)}
              choices={kinds.map(({ kind, count }) => ({
                id: kind,
                name: KINDS[kind].plural,
                colour: colourBy === 'kind' && kind !== 'classifying' ? KINDS[kind].colour : null,
                count,
                isOn: filter.kinds.includes(kind),
              }))}
            />
            <Choices
              title="Code"
              onToggle={(id) => toggle('codeIds', id)}
              choices={codes.map((code) => ({ ...code, isOn: filter.codeIds.includes(code.id) }))}
            />
            <Choices
              title="Person"
              onToggle={(id) => toggle('personIds', id)}
              choices={people.map((person) => ({
                ...person,
                colour: colourBy === 'person' ? person.colour : null,
                isOn: filter.personIds.includes(person.id),
              }))}
            />
            <Select
              label="Colour by"
              labelHidden
              value={colourBy}
              onChange={onColourBy}
              options={COLOUR_OPTIONS}
            />
            {isFiltering(filter) ? <Button onPress={() => onFilter(NO_FILTER)}>Show all</Button> : null}
          </Dialog>
        </Popover>
      </DialogTrigger>
      <span className="truncate text-muted">
        {isFiltering(filter)
          ? `${shown} of ${annotations.length} shown`
          : annotations.length === 1
            ? '1 mark'
            : `${annotations.length} marks`}
      </span>
    </div>
  );
}

function Choices({
  title,
  choices,
  onToggle,
}: {
  title: string;
  choices: readonly Choice[];
  onToggle: (id: string) => void;
}) {
  if (choices.length === 0) return null;
  return (
    <fieldset>
      <legend className="mb-1 text-[13px] text-muted">{title}</legend>
      <div className="flex flex-wrap gap-1.5">
        {choices.map(({ id, name, colour, count, isOn }) => (
          <button
            key={id}
            type="button"
            aria-pressed={isOn}
            onClick={() => onToggle(id)}
            className="inline-flex min-h-9 max-w-full items-center gap-1.5 rounded-md border border-edge px-2.5 text-[14px] aria-pressed:border-accent aria-pressed:bg-accent-wash"
          >
            {colour === null ? null : <CodeDot colour={colour} />}
            <span className="truncate">{name}</span>
            <span className="tabular-nums text-muted">{count}</span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}
