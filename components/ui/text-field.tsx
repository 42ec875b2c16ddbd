'use client';
import { type ReactNode, type Ref, useEffectEvent, useLayoutEffect, useRef } from 'react';
import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Input,
} from 'react-aria-components';
import { FIELD_CLASS, FieldParts, INPUT_CLASS } from './field';

type Shared = Omit<AriaTextFieldProps, 'className' | 'children' | 'isInvalid'> & {
  label: ReactNode;
  labelHidden?: boolean;
  hint?: ReactNode;
  /** What is wrong with the value; shown below and read out. */
  error?: ReactNode;
  placeholder?: string;
  className?: string;
};

export function TextField({
  label,
  labelHidden,
  hint,
  error,
  placeholder,
  className = '',
  inputRef,
  ...props
}: Shared & { inputRef?: Ref<HTMLInputElement> }) {
  const field = useEarlyInput(props);
  return (
    <AriaTextField
      {...props}
      ref={field}
      isInvalid={Boolean(error)}
      className={`${FIELD_CLASS} ${className}`}
    >
      <FieldParts label={label} labelHidden={labelHidden} hint={hint} error={error}>
        <Input ref={inputRef} placeholder={placeholder} className={`${INPUT_CLASS} h-9`} />
      </FieldParts>
    </AriaTextField>
  );
}

export function TextArea({
  label,
  labelHidden,
  hint,
  error,
  placeholder,
  className = '',
  rows = 3,
  inputRef,
  ...props
}: Shared & { rows?: number; inputRef?: Ref<HTMLTextAreaElement> }) {
  const field = useEarlyInput(props);
  return (
    <AriaTextField
      {...props}
      ref={field}
      isInvalid={Boolean(error)}
      className={`${FIELD_CLASS} ${className}`}
    >
      <FieldParts label={label} labelHidden={labelHidden} hint={hint} error={error}>
        <AriaTextArea
          ref={inputRef}
          rows={rows}
          placeholder={placeholder}
          className={`${INPUT_CLASS} resize-y py-2 leading-normal`}
        />
      </FieldParts>
    </AriaTextField>
  );
}

/** What was typed, or filled in by the browser, before the page's script ran counts as typed. */
function useEarlyInput({ value, onChange }: Pick<AriaTextFieldProps, 'value' | 'onChange'>) {
  const field = useRef<HTMLDivElement>(null);
  const take = useEffectEvent(() => {
    const typed = field.current?.querySelector<HTMLInputElement | HTMLTextAreaElement>(
      'input, textarea',
    )?.value;
    if (value !== undefined && typed !== undefined && typed !== value) onChange?.(typed);
  });
  useLayoutEffect(() => take(), []);
  return field;
}
