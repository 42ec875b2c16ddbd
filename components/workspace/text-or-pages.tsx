'use client';
import { FileText, Type } from 'lucide-react';

const CHOICES = [
  { pages: false, label: 'Text', Icon: Type },
  { pages: true, label: 'Pages', Icon: FileText },
] as const;

/** Whether a source that has pages is read as a text, or as its pages. */
export function TextOrPages({
  onPages,
  onChange,
}: {
  onPages: boolean;
  onChange: (onPages: boolean) => void;
}) {
  return (
    <fieldset className="sticky top-2 z-10 mb-5 inline-flex rounded-md border border-line bg-sunken p-0.5 shadow-sm">
      <legend className="sr-only">Read it as</legend>
      {CHOICES.map(({ pages, label, Icon }) => (
        <button
          key={label}
          type="button"
          aria-pressed={pages === onPages}
          onClick={() => onChange(pages)}
          className="inline-flex h-8 items-center gap-1.5 rounded px-3 text-[14px] text-muted hover:text-ink aria-pressed:bg-raised aria-pressed:text-ink aria-pressed:shadow-sm"
        >
          <Icon aria-hidden className="size-3.5" /> {label}
        </button>
      ))}
    </fieldset>
  );
}
