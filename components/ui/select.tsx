'use client';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Select as AriaSelect,
  Button,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';
import { FIELD_CLASS, FieldParts } from './field';
import { OPTION_CLASS, POPOVER_CLASS } from './menu';

export type Option<V extends string> = { id: V; label: string; hint?: string };

export function Select<V extends string>({
  label,
  labelHidden,
  hint,
  options,
  value,
  onChange,
  name,
  isDisabled,
  className = '',
  size = 'medium',
}: {
  label: ReactNode;
  labelHidden?: boolean;
  hint?: ReactNode;
  options: readonly Option<V>[];
  value: V;
  onChange: (value: V) => void;
  name?: string;
  isDisabled?: boolean;
  className?: string;
  size?: 'small' | 'medium';
}) {
  return (
    <AriaSelect
      name={name}
      isDisabled={isDisabled}
      value={value}
      onChange={(key) => onChange(key as V)}
      className={`${FIELD_CLASS} ${className}`}
    >
      <FieldParts label={label} labelHidden={labelHidden} hint={hint}>
        <Button
          className={`flex w-full items-center justify-between gap-2 rounded-md border border-edge bg-raised text-start data-[disabled]:opacity-60 ${size === 'small' ? 'h-7 px-2 text-[13px]' : 'h-9 px-3'}`}
        >
          {/* The chosen option's label alone: its hint only fits into the list. */}
          <SelectValue className="truncate data-[placeholder]:text-muted">
            {({ selectedText }) => selectedText}
          </SelectValue>
          <ChevronDown aria-hidden className="size-4 shrink-0 text-muted" />
        </Button>
        <Popover className={`${POPOVER_CLASS} min-w-(--trigger-width)`}>
          <section aria-label="Choices">
            <ListBox items={options} className="max-h-72 overflow-auto p-1 outline-none">
              {(option) => (
                <ListBoxItem id={option.id} textValue={option.label} className={OPTION_CLASS}>
                  <span>{option.label}</span>
                  {option.hint ? <span className="block text-[13px] text-muted">{option.hint}</span> : null}
                </ListBoxItem>
              )}
            </ListBox>
          </section>
        </Popover>
      </FieldParts>
    </AriaSelect>
  );
}
