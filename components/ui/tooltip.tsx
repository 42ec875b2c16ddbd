'use client';
import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import { Kbd } from './kbd';

export function Tooltip({
  label,
  shortcut,
  children,
}: {
  label: string;
  shortcut?: string;
  children: ReactElement;
}) {
  return (
    <TooltipTrigger delay={500} closeDelay={100}>
      {children}
      <AriaTooltip
        offset={6}
        className="z-50 flex items-center gap-2 rounded-md bg-ink px-2 py-1 text-[13px] text-paper shadow-float"
      >
        {label}
        {shortcut ? <Kbd tone="inverse">{shortcut}</Kbd> : null}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
