'use client';

import { Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { GuestLinkTo } from '@/components/live/guest-link-to';
import { useProject } from '@/components/live/project-context';
import { IconButton } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import { can } from '@/lib/access/can';
import type { Source } from '@/lib/sources/source';
import { publishedWords } from './published-words';
import { RemoveSource } from './remove-source';

export function SourceRow({ source }: { source: Source }) {
  const mayRemove = useProject((state) => can(state.role, 'source.delete'));
  const [removing, setRemoving] = useState(false);
  const about = [source.siteName, source.byline, publishedWords(source.publishedAt)]
    .filter(Boolean)
    .join(' · ');
  return (
    <li className="relative flex items-start gap-3 border-b border-line py-3 hover:bg-hover">
      <div className="flex min-w-0 grow flex-col gap-0.5">
        <Link
          prefetch={false}
          href={`/projects/${source.projectId}/sources/${source.id}`}
          className="break-words rounded font-serif text-lg font-semibold leading-snug after:absolute after:inset-0"
        >
          {source.title}
        </Link>
        {about ? <span className="break-words text-[14px] text-muted">{about}</span> : null}
        <span className="text-[13px] text-muted">
          brought in by {source.creator.name} <Time at={source.created} />
        </span>
      </div>
      <GuestLinkTo kind="source" ids={[source.id]} name={source.title} isBare />
      {mayRemove ? (
        <IconButton label={`Remove ${source.title}`} className="relative" onPress={() => setRemoving(true)}>
          <Trash2 aria-hidden className="size-4" />
        </IconButton>
      ) : null}
      {removing ? <RemoveSource source={source} onClose={() => setRemoving(false)} /> : null}
    </li>
  );
}
