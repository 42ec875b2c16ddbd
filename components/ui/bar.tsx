import Link from 'next/link';
import type { ReactNode } from 'react';

/** The slim bar at the top of every page: the way home, then whatever the page puts there. */
export function Bar({ children, end }: { children?: ReactNode; end?: ReactNode }) {
  return (
    <header className="flex h-12 items-center gap-3 border-b border-line bg-paper ps-4 pe-2">
      <Link href="/projects" className="shrink-0 rounded font-serif text-lg font-semibold tracking-tight">
        Gloss
      </Link>
      <div className="flex min-w-0 grow items-center gap-1">{children}</div>
      <div className="flex shrink-0 items-center gap-1">{end}</div>
    </header>
  );
}
