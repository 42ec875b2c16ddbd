'use client';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { withField } from '@/lib/search/chips';
import { type Field, KINDS, STATUSES } from '@/lib/search/query';
import { useProject } from '../live/project-context';
import { Button } from '../ui/button';
import { ComboBox } from '../ui/combo-box';
import { DatePicker } from '../ui/date-picker';
import { POPOVER_CLASS } from '../ui/menu';
import { Select } from '../ui/select';

const FIELDS = {
  code: 'Code',
  by: 'Made by',
  owner: 'Owner',
  speaker: 'Speaker',
  source: 'Source',
  status: 'Status',
  kind: 'Kind',
  due: 'Due by',
  before: 'Made before',
  after: 'Made since',
} as const satisfies Partial<Record<Field, string>>;
type Offered = keyof typeof FIELDS;
const DAYS: ReadonlySet<string> = new Set(['due', 'before', 'after']);

/** Narrows a search by a field, whose values are offered. */
export function AddField({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button size="small" look="quiet">
        <Plus aria-hidden className="size-3.5" />
        Narrow
      </Button>
      <Popover placement="bottom start" className={`${POPOVER_CLASS} w-[min(22rem,calc(100vw-1rem))]`}>
        <Dialog aria-label="Narrow the search" className="p-4 outline-none">
          <Fields
            onAdd={(field, value, isNot) => {
              onChange(withField(q, field, value, isNot));
              setOpen(false);
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Fields({ onAdd }: { onAdd: (field: Field, value: string, isNot: boolean) => void }) {
  const [field, setField] = useState<Offered>('code');
  const [value, setValue] = useState('');
  const [is, setIs] = useState<'is' | 'not'>('is');
  const values = useValues(field);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (value.trim() !== '') onAdd(field, value, is === 'not');
      }}
    >
      <div className="grid grid-cols-2 gap-2">
        <Select
          label="By"
          value={field}
          onChange={(next) => {
            setField(next);
            setValue('');
          }}
          options={(Object.keys(FIELDS) as Offered[]).map((id) => ({ id, label: FIELDS[id] }))}
        />
        <Select
          label="That it"
          value={is}
          onChange={setIs}
          options={[
            { id: 'is', label: 'is' },
            { id: 'not', label: 'is not' },
          ]}
        />
      </div>
      {DAYS.has(field) ? (
        <DatePicker label="Day" value={value || null} onChange={(day) => setValue(day ?? '')} />
      ) : (
        <ComboBox label={FIELDS[field]} suggestions={values} value={value} onChange={setValue} />
      )}
      <Button type="submit" look="primary" className="self-end" isDisabled={value.trim() === ''}>
        Add
      </Button>
    </form>
  );
}

/** What a field may be, as the page knows it; whatever is typed may be looked for too. */
function useValues(field: Offered): string[] {
  const state = useProject(({ codes, members, sources, annotations, claimStatuses }) => ({
    codes,
    members,
    sources,
    annotations,
    claimStatuses,
  }));
  return useMemo(() => {
    const names = <T,>(things: Iterable<T>, of: (thing: T) => string | undefined) =>
      [...new Set([...things].flatMap((thing) => of(thing) || []))].sort((a, b) => a.localeCompare(b));
    if (field === 'code')
      return names(state.codes.values(), (code) => (code.deleted === null ? code.name : undefined));
    if (field === 'by' || field === 'owner')
      return ['me', ...names(state.members.values(), ({ name }) => name)];
    if (field === 'source') return names(state.sources.values(), ({ title }) => title);
    if (field === 'speaker') return names(state.annotations.values(), ({ quote }) => quote?.speaker);
    if (field === 'status')
      return [...new Set([...state.claimStatuses.map(({ name }) => name), ...STATUSES])];
    return field === 'kind' ? [...KINDS] : [];
  }, [field, state]);
}
