'use client';
import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';

export const INPUT_CLASS =
  'w-full rounded-md border border-edge bg-raised px-3 text-ink placeholder:text-muted outline-none focus:border-accent focus:ring-1 focus:ring-accent data-[invalid]:border-danger disabled:opacity-60';
export const FIELD_CLASS = 'flex flex-col gap-1';

/** What stands around every field: its label, a hint, what is wrong. */
export function FieldParts({
  label,
  hint,
  error,
  children,
  labelHidden = false,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  children: ReactNode;
  labelHidden?: boolean;
}) {
  return (
    <>
      <Label className={labelHidden ? 'sr-only' : 'text-[13px] font-medium text-ink'}>{label}</Label>
      {children}
      {hint ? (
        <Text slot="description" className="text-[13px] text-muted">
          {hint}
        </Text>
      ) : null}
      <FieldError className="text-[13px] text-danger">{error ? () => error : undefined}</FieldError>
    </>
  );
}
