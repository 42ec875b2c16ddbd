'use client';

import Link from 'next/link';
import { memo } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Time } from '@/components/ui/time';
import type { Event } from '@/lib/events/event';
import { eventWords } from './event-words';
import type { Names } from './noun-words';

export const EventRow = memo(
  function EventRow({ event, names }: { event: Event; names: Names }) {
    const { did, thing, href, after } = eventWords(event, names);
    const { actor } = event;
    return (
      <li className="flex gap-3 border-b border-line py-2.5">
        <Avatar userId={actor.id ?? 'gloss'} name={actor.name} />
        <p className="min-w-0 grow break-words">
          <span className="font-medium">{actor.name}</span> <span className="text-muted">{did}</span>{' '}
          {thing && href ? (
            <Link
              href={href}
              className="rounded underline decoration-line underline-offset-2 hover:decoration-accent"
            >
              {thing}
            </Link>
          ) : (
            thing
          )}
          {after ? <span className="text-muted"> {after}</span> : null}
        </p>
        <span className="shrink-0 text-[13px] text-muted">
          <Time at={event.at} />
        </span>
      </li>
    );
  },
  (before, now) => before.event.id === now.event.id,
);
