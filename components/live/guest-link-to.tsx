'use client';
import { UserRoundPlus } from 'lucide-react';
import Link from 'next/link';
import { useProject } from './project-context';
import { useMay } from './use-may';

/** Leads to the form for a link that shows guests this: a source's or a note's id, or those of claims. Nothing for whoever may make none. */
export function GuestLinkTo({
  kind,
  ids,
  name,
  isBare = false,
}: {
  kind: 'source' | 'claims' | 'note';
  ids: readonly string[];
  /** What is shown, for whoever hears the link. */
  name: string;
  /** The sign alone, where a row has room for no more. */
  isBare?: boolean;
}) {
  const projectId = useProject((state) => state.project.id);
  if (!useMay('guest-link.create') || ids.length === 0) return null;
  const query = new URLSearchParams({ do: 'guest', [kind]: ids.slice(0, 200).join(',') });
  return (
    <Link
      prefetch={false}
      href={`/projects/${projectId}/members?${query}`}
      aria-label={`Ask a guest about ${name}`}
      title="Ask a guest"
      className={
        isBare
          ? 'relative inline-grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink'
          : 'inline-flex min-h-6 items-center gap-1.5 rounded text-[14px] text-accent underline underline-offset-2'
      }
    >
      <UserRoundPlus aria-hidden className="size-4" />
      {isBare ? null : 'Ask a guest'}
    </Link>
  );
}
