import type { ReactNode } from 'react';

export function Kbd({ children, tone = 'plain' }: { children: ReactNode; tone?: 'plain' | 'inverse' }) {
  const colours = tone === 'inverse' ? 'border-paper/40 text-paper' : 'border-edge/60 text-muted';
  return (
    <kbd
      className={`inline-grid h-[18px] min-w-[18px] place-items-center rounded border px-1 font-sans text-[11px] leading-none ${colours}`}
    >
      {children}
    </kbd>
  );
}
