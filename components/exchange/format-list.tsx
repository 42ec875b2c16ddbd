'use client';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { EXPORT_FORMATS, type ExportFormat, FORMATS } from '@/lib/exchange/formats';

/** The formats, each with a sentence on what it is for. */
export function FormatList({
  value,
  onChange,
}: {
  value: ExportFormat;
  onChange: (format: ExportFormat) => void;
}) {
  return (
    <RadioGroup
      value={value}
      onChange={(format) => onChange(format as ExportFormat)}
      className="flex flex-col gap-0.5"
    >
      <Label className="pb-2 font-serif text-xl font-semibold">Format</Label>
      {EXPORT_FORMATS.map((format) => (
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
