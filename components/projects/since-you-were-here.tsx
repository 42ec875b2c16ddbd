'use client';
import { X } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useProject } from '@/components/live/project-context';
import { IconButton } from '@/components/ui/button';
import { call } from '@/components/ui/http';
import { Time } from '@/components/ui/time';
import { useCall } from '@/components/ui/use-call';
import { sinceWords } from './since-words';

/** What others made since this person was last here, on a line; nothing when nothing was made. */
export function SinceYouWereHere({ leads = false }: { leads?: boolean }) {
  const projectId = useProject((state) => state.project.id);
  const { data } = useCall((signal) => call('activity.since', { params: { projectId }, signal }), projectId);
  const [isShut, setShut] = useState(false);
  const words = data === null ? null : sinceWords(data);
  if (data === null || data.at === null || words === null || isShut) return null;
  return (
    <p
      role="status"
      className="mb-4 flex items-center gap-2 border-s-2 border-accent ps-3 text-[14px] text-muted"
    >
      <span className="grow">
        {words} since you were last here, <Time at={data.at} />.{' '}
        {leads ? (
          <Link
            href={`/projects/${projectId}/activity`}
            className="rounded text-accent underline underline-offset-2"
          >
            See what happened
          </Link>
        ) : null}
      </span>
      {leads ? (
        <IconButton label="Close" className="size-7" onPress={() => setShut(true)}>
          <X aria-hidden className="size-4" />
        </IconButton>
      ) : null}
    </p>
  );
}
