'use client';
import Link from 'next/link';
import { type ReactNode, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';

const TOOLS = 'bar-tools';

/** The slim bar at the top of every page: the way home, then whatever the page puts there. */
export function Bar({ children, end }: { children?: ReactNode; end?: ReactNode }) {
  return (
    <header className="flex h-12 items-center gap-3 border-b border-line bg-paper ps-4 pe-2">
      <Link href="/projects" className="shrink-0 rounded font-serif text-lg font-semibold tracking-tight">
        Gloss
      </Link>
      <div className="flex min-w-0 grow items-center gap-1">{children}</div>
      <div id={TOOLS} className="flex shrink-0 items-center gap-1" />
      <div className="flex shrink-0 items-center gap-1">{end}</div>
    </header>
  );
}

/** What an open page adds to the bar over it. */
export function BarTools({ children }: { children: ReactNode }) {
  const [place, setPlace] = useState<HTMLElement | null>(null);
  useEffect(() => setPlace(document.getElementById(TOOLS)), []);
  return place && createPortal(children, place);
}
