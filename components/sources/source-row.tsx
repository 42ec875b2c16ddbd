'use client';

import { ShieldCheck, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { GuestLinkTo } from '@/components/live/guest-link-to';
import { useProject } from '@/components/live/project-context';
import { IconButton } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import { can } from '@/lib/access/can';
import type { Source } from '@/lib/sources/source';
import { ProtectSource } from './protect-source';
import { ProtectionLine } from './protection-line';
import { publishedWords } from './published-words';
import { RemoveSource } from './remove-source';

export function SourceRow({ source }: { source: Source }) {
  const mayRemove = useProject((state) => can(state.role, 'source.delete'));
  const mayProtect = useProject((state) => can(state.role, 'source.protect'));
  const [removing, setRemoving] = useState(false);
  const [protecting, setProtecting] = useState(false);
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
        <ProtectionLine protection={source.protection} />
      </div>
      <GuestLinkTo kind="source" ids={[source.id]} name={source.title} isBare />
      {mayProtect ? (
        <IconButton
          label={`Protect ${source.title}`}
          className="relative"
          onPress={() => setProtecting(true)}
        >
          <ShieldCheck aria-hidden className="size-4" />
        </IconButton>
      ) : null}
      {mayRemove ? (
        <IconButton label={`Remove ${source.title}`} className="relative" onPress={() => setRemoving(true)}>
          <Trash2 aria-hidden className="size-4" />
        </IconButton>
      ) : null}
      {protecting ? <ProtectSource source={source} onClose={() => setProtecting(false)} /> : null}
      {removing ? <RemoveSource source={source} onClose={() => setRemoving(false)} /> : null}
    </li>
  );
}
