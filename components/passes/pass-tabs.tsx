'use client';
import Link from 'next/link';
import type { Pass } from '@/lib/passes/pass';

const TABS = [
  { id: 'progress', path: '', label: 'Progress' },
  { id: 'agreement', path: '/agreement', label: 'Agreement' },
  { id: 'adjudicate', path: '/adjudicate', label: 'Adjudicate' },
  { id: 'decisions', path: '/decisions', label: 'Decisions' },
] as const;

/** The pages of a pass. */
export function PassTabs({ pass, current }: { pass: Pass; current: (typeof TABS)[number]['id'] }) {
  return (
    <nav aria-label="Pages of this pass" className="mb-5 flex gap-1 border-b border-line">
      {TABS.map(({ id, path, label }) => (
        <Link
          key={id}
          href={`/projects/${pass.projectId}/passes/${pass.id}${path}`}
          aria-current={id === current ? 'page' : undefined}
          className={`-mb-px flex h-10 items-center border-b-2 px-2.5 text-[14px] ${id === current ? 'border-accent font-medium' : 'border-transparent text-muted hover:text-ink'}`}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
