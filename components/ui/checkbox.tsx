'use client';

import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox, type CheckboxProps } from 'react-aria-components';

export function Checkbox({
  children,
  ...props
}: Omit<CheckboxProps, 'className' | 'children'> & { children: ReactNode }) {
  return (
    <AriaCheckbox {...props} className="group flex min-h-6 cursor-pointer items-start gap-2.5">
      <span className="mt-0.5 grid size-[18px] shrink-0 place-items-center rounded border border-edge bg-raised group-data-[focus-visible]:outline-2 group-data-[selected]:border-accent group-data-[selected]:bg-accent group-data-[focus-visible]:outline-accent group-data-[focus-visible]:outline-offset-2">
        <Check
          aria-hidden
          className="size-3.5 text-accent-ink opacity-0 group-data-[selected]:opacity-100"
          strokeWidth={3}
        />
      </span>
      <span>{children}</span>
    </AriaCheckbox>
  );
}
