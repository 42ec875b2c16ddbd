'use client';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { type ExportFormat, FORMATS } from '@/lib/exchange/formats';
import { Select } from '../ui/select';

type Props = {
  formats: readonly ExportFormat[];
  value: ExportFormat;
  onChange: (format: ExportFormat) => void;
  className?: string;
};

/** The formats, each with a sentence on what it is for. */
export function FormatList({ formats, value, onChange, className = '' }: Props) {
  return (
    <RadioGroup
      value={value}
      onChange={(format) => onChange(format as ExportFormat)}
      className={`flex flex-col gap-0.5 ${className}`}
    >
      <Label className="pb-2 font-serif text-xl font-semibold">Format</Label>
      {formats.map((format) => (
        <Radio
          key={format}
          value={format}
          className="group flex cursor-default gap-3 rounded-md px-3 py-2 hover:bg-hover data-[selected]:bg-hover data-[focus-visible]:outline-2 data-[focus-visible]:outline-accent"
        >
          <span
            aria-hidden
            className="mt-1 size-4 shrink-0 rounded-full border border-edge bg-raised group-data-[selected]:border-[5px] group-data-[selected]:border-accent"
          />
          <span className="flex min-w-0 flex-col">
            <span className="font-medium">{FORMATS[format].name}</span>
            <span className="text-[14px] text-muted">{FORMATS[format].about}</span>
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** The same where there is little room: one choice, so that what follows from it stands right below. */
export function FormatChoice({ formats, value, onChange, className = '' }: Props) {
  return (
    <div className={className}>
      <Select
        label="Format"
        value={value}
        onChange={onChange}
        options={formats.map((id) => ({ id, label: FORMATS[id].name, hint: FORMATS[id].about }))}
        hint={FORMATS[value].about}
      />
    </div>
  );
}
