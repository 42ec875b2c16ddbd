'use client';
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Tooltip } from './tooltip';

const LOOK = {
  primary: 'bg-accent text-accent-ink hover:brightness-110',
  secondary: 'border border-edge bg-raised text-ink hover:bg-hover',
  quiet: 'text-ink hover:bg-hover',
  danger: 'border border-danger text-danger hover:bg-danger-wash',
} as const;
const SIZE = {
  small: 'h-7 px-2 text-[13px] gap-1.5',
  medium: 'h-9 px-3.5 text-[15px] gap-2',
} as const;
const BASE =
  'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md font-medium transition-colors disabled:opacity-50 data-[disabled]:opacity-50 data-[pending]:opacity-70';

export type ButtonLook = keyof typeof LOOK;
export type ButtonProps = Omit<AriaButtonProps, 'className' | 'children'> & {
  children?: ReactNode;
  look?: ButtonLook;
  size?: keyof typeof SIZE;
  className?: string;
};

/** The class names of a button, for a link that looks like one. */
export function buttonClass(look: ButtonLook = 'secondary', size: keyof typeof SIZE = 'medium'): string {
  return `${BASE} ${LOOK[look]} ${SIZE[size]}`;
}

export function Button({ look = 'secondary', size = 'medium', className = '', ...props }: ButtonProps) {
  return <AriaButton {...props} className={`${buttonClass(look, size)} ${className}`} />;
}

type IconButtonProps = Omit<AriaButtonProps, 'className' | 'children'> & {
  /** The accessible name, shown as a tooltip. */
  label: string;
  /** A key that does the same, shown in the tooltip. */
  shortcut?: string;
  children: ReactNode;
  className?: string;
  /** Whether the thing this button switches is on. */
  pressed?: boolean;
};

export function IconButton({ label, shortcut, className = '', pressed, ...props }: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut}>
      <AriaButton
        {...props}
        aria-label={label}
        aria-pressed={pressed}
        className={`inline-grid size-8 shrink-0 place-items-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink data-[disabled]:opacity-40 ${pressed ? 'bg-accent-wash text-accent' : ''} ${className}`}
      />
    </Tooltip>
  );
}
