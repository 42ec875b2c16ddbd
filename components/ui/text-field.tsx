'use client';
import type { ReactNode, Ref } from 'react';
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
  return (
    <AriaTextField {...props} isInvalid={Boolean(error)} className={`${FIELD_CLASS} ${className}`}>
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
  return (
    <AriaTextField {...props} isInvalid={Boolean(error)} className={`${FIELD_CLASS} ${className}`}>
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
