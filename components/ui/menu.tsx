'use client';
import type { ReactElement, ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Kbd } from './kbd';

export const POPOVER_CLASS =
  'z-50 rounded-lg border border-line bg-raised text-ink shadow-float outline-none';
export const OPTION_CLASS =
  'block min-h-8 cursor-pointer rounded-md px-2.5 py-1.5 outline-none data-[focused]:bg-hover data-[selected]:text-accent data-[disabled]:opacity-50';

export type MenuEntry = {
  id: string;
  label: ReactNode;
  /** What type-ahead and screen readers use where the label is not plain text. */
  text?: string;
  icon?: ReactNode;
  shortcut?: string;
  href?: string;
  danger?: boolean;
  onAction?: () => void;
};

/** A button with a menu behind it. */
export function Menu({
  trigger,
  entries,
  label,
}: {
  trigger: ReactElement;
  entries: readonly MenuEntry[];
  label: string;
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className={`${POPOVER_CLASS} min-w-44`}>
        <AriaMenu aria-label={label} className="max-h-96 overflow-auto p-1 outline-none">
          {entries.map((entry) => (
            <AriaMenuItem
              key={entry.id}
              id={entry.id}
              href={entry.href}
              textValue={entry.text ?? (typeof entry.label === 'string' ? entry.label : entry.id)}
              onAction={entry.onAction}
              className={`${OPTION_CLASS} ${entry.danger ? 'text-danger' : ''}`}
            >
              <span className="flex items-center gap-2.5">
                {entry.icon}
                <span className="grow">{entry.label}</span>
                {entry.shortcut ? <Kbd>{entry.shortcut}</Kbd> : null}
              </span>
            </AriaMenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
