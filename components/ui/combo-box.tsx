'use client';
import type { ReactNode } from 'react';
import { ComboBox as AriaComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { FIELD_CLASS, FieldParts, INPUT_CLASS } from './field';
import { OPTION_CLASS, POPOVER_CLASS } from './menu';

/** A text field that suggests; anything may be typed. */
export function ComboBox({
  label,
  labelHidden,
  hint,
  suggestions,
  value,
  onChange,
  placeholder,
  autoFocus,
  className = '',
}: {
  label: ReactNode;
  labelHidden?: boolean;
  hint?: ReactNode;
  suggestions: readonly string[];
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  autoFocus?: boolean;
  className?: string;
}) {
  return (
    <AriaComboBox
      allowsCustomValue
      menuTrigger="focus"
      inputValue={value}
      onInputChange={onChange}
      autoFocus={autoFocus}
      items={suggestions.map((name) => ({ id: name, name }))}
      className={`${FIELD_CLASS} ${className}`}
    >
      <FieldParts label={label} labelHidden={labelHidden} hint={hint}>
        <Input placeholder={placeholder} className={`${INPUT_CLASS} h-9`} />
        <Popover className={`${POPOVER_CLASS} w-(--trigger-width)`}>
          <section aria-label="Choices">
            <ListBox className="max-h-60 overflow-auto p-1 outline-none">
              {(item: { id: string; name: string }) => (
                <ListBoxItem id={item.id} textValue={item.name} className={OPTION_CLASS}>
                  {item.name}
                </ListBoxItem>
              )}
            </ListBox>
          </section>
        </Popover>
      </FieldParts>
    </AriaComboBox>
  );
}
