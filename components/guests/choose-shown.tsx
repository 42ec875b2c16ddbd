'use client';
import { GUEST_LINK_KINDS } from '@/lib/guests/guest-link';
import { useProject } from '../live/project-context';
import { Checkbox } from '../ui/checkbox';
import { Select } from '../ui/select';
import type { Shown } from './shown';

const KINDS = { source: 'A source', claims: 'Claims', note: 'A note' } as const;

/** What a link is to show: as it was asked for, or chosen from what the project has. */
export function ChooseShown({
  shown,
  isGiven,
  onChange,
}: {
  shown: Shown;
  isGiven: boolean;
  onChange: (shown: Shown) => void;
}) {
  const things = useThings(shown.kind);
  if (isGiven) {
    const named = shown.ids.map(
      (id) => things.find((one) => one.id === id)?.label ?? 'Something of this project',
    );
    return (
      <div className="flex flex-col gap-1">
        <p className="text-[14px] text-muted">Guests see, and nothing else:</p>
        <ul className="flex max-h-40 flex-col gap-1 overflow-y-auto font-serif">
          {shown.ids.map((id, nth) => (
            <li key={id} className="break-words">
              {named[nth]}
            </li>
          ))}
        </ul>
      </div>
    );
  }
  const [first] = shown.ids;
  return (
    <div className="flex flex-col gap-4">
      <Select
        label="Guests see"
        options={GUEST_LINK_KINDS.map((id) => ({ id, label: KINDS[id] }))}
        value={shown.kind}
        onChange={(kind) => onChange({ kind, ids: [] })}
      />
      {things.length === 0 ? <p className="text-[14px] text-muted">There is none yet.</p> : null}
      {things.length > 0 && shown.kind !== 'claims' ? (
        <Select
          label={shown.kind === 'source' ? 'Which source' : 'Which note'}
          options={[{ id: '', label: 'Choose one' }, ...things]}
          value={first ?? ''}
          onChange={(id) => onChange({ ...shown, ids: id === '' ? [] : [id] })}
        />
      ) : null}
      {things.length > 0 && shown.kind === 'claims' ? (
        <fieldset className="flex max-h-52 flex-col gap-2 overflow-y-auto">
          <legend className="pb-1 text-[14px] font-medium">Which claims</legend>
          {things.map(({ id, label }) => (
            <Checkbox
              key={id}
              isSelected={shown.ids.includes(id)}
              onChange={(on) =>
                onChange({ ...shown, ids: on ? [...shown.ids, id] : shown.ids.filter((one) => one !== id) })
              }
            >
              {label}
            </Checkbox>
          ))}
        </fieldset>
      ) : null}
    </div>
  );
}

/** The things of a kind that are still there, by name. */
function useThings(kind: Shown['kind']): { id: string; label: string }[] {
  const { sources, notes, claims } = useProject((state) => ({
    sources: state.sources,
    notes: state.notes,
    claims: state.claims,
  }));
  const all = {
    source: () => [...sources.values()].filter(isThere).map(({ id, title }) => ({ id, label: title })),
    note: () => [...notes.values()].filter(isThere).map(({ id, title }) => ({ id, label: title })),
    claims: () => [...claims.values()].filter(isThere).map(({ id, wording }) => ({ id, label: wording })),
  };
  return all[kind]().sort((a, b) => a.label.localeCompare(b.label));
}

const isThere = ({ deleted }: { deleted: string | null }) => deleted === null;
