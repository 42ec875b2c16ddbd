'use client';
import { Checkbox } from '../ui/checkbox';

/** A list of things of which any number can be chosen, or all at once. */
export function ChooseMany({
  label,
  options,
  chosen,
  onChange,
}: {
  label: string;
  options: readonly { id: string; name: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const isAll = options.length > 0 && options.every(({ id }) => chosen.includes(id));
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="pb-1 text-[14px] font-medium">{label}</legend>
      <div className="flex max-h-40 flex-col gap-1 overflow-y-auto rounded-md border border-edge bg-raised p-2">
        {options.length > 2 ? (
          <Checkbox isSelected={isAll} onChange={(all) => onChange(all ? options.map(({ id }) => id) : [])}>
            <span className="text-muted">All of them</span>
          </Checkbox>
        ) : null}
        {options.map(({ id, name }) => (
          <Checkbox
            key={id}
            isSelected={chosen.includes(id)}
            onChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((one) => one !== id))}
          >
            {name}
          </Checkbox>
        ))}
        {options.length === 0 ? <p className="text-[13px] text-muted">There are none yet.</p> : null}
      </div>
    </fieldset>
  );
}
