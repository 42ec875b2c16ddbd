'use client';

import { ChevronDown } from 'lucide-react';
import Link from 'next/link';
import { useRouter, useSelectedLayoutSegment } from 'next/navigation';
import type { ReactNode } from 'react';
import { useProject } from '@/components/live/project-context';
import { Bar } from '@/components/ui/bar';
import { Button } from '@/components/ui/button';
import { Menu } from '@/components/ui/menu';

const PLACES = [
  { segment: null, path: '', label: 'Sources' },
  { segment: 'codebook', path: '/codebook', label: 'Codebook' },
  { segment: 'passes', path: '/passes', label: 'Passes' },
  { segment: 'quotes', path: '/quotes', label: 'Quotes' },
  { segment: 'speakers', path: '/speakers', label: 'Speakers' },
  { segment: 'claims', path: '/claims', label: 'Claims' },
  { segment: 'follow-ups', path: '/follow-ups', label: 'Follow-ups' },
  { segment: 'notes', path: '/notes', label: 'Notes' },
  { segment: 'analysis', path: '/analysis', label: 'Analysis' },
  { segment: 'members', path: '/members', label: 'Members' },
  { segment: 'activity', path: '/activity', label: 'Activity' },
  { segment: 'exchange', path: '/exchange', label: 'Exchange' },
  { segment: 'settings', path: '/settings', label: 'Settings' },
] as const;

/** The bar of an open project: its name, its places, and at the end what the page gives. */
export function ProjectBar({ end }: { end: ReactNode }) {
  const project = useProject((state) => state.project);
  const root = `/projects/${project.id}`;
  const segment = useSelectedLayoutSegment();
  const here = segment === 'sources' ? null : segment;
  const label = PLACES.find((place) => place.segment === here)?.label ?? 'Go to';
  const router = useRouter();
  return (
    <Bar end={end}>
      <span aria-hidden className="text-muted">
        /
      </span>
      <Link href={root} className="min-w-14 truncate rounded px-1 font-medium" title={project.name}>
        {project.name}
      </Link>
      <nav aria-label="Project" className="hidden items-center ps-2 min-[1400px]:flex">
        {PLACES.map((place) => (
          <Link
            key={place.label}
            href={`${root}${place.path}`}
            aria-current={here === place.segment ? 'page' : undefined}
            className="rounded-md px-1.5 py-1 text-[14px] whitespace-nowrap text-muted min-[1600px]:px-2.5 hover:bg-hover hover:text-ink aria-[current]:font-medium aria-[current]:text-ink"
          >
            {place.label}
          </Link>
        ))}
      </nav>
      <div className="ms-auto min-[1400px]:hidden">
        <Menu
          label="Project"
          trigger={
            <Button look="quiet" size="small" aria-label={`${label}: go to another part of the project`}>
              {label}
              <ChevronDown aria-hidden className="size-4" />
            </Button>
          }
          entries={PLACES.map((place) => ({
            id: place.label,
            label: place.label,
            onAction: () => router.push(`${root}${place.path}`),
          }))}
        />
      </div>
    </Bar>
  );
}
