'use client';
import Link from 'next/link';
import type { RaisedBy } from '@/lib/follow-ups/follow-up';
import { useProject } from '../live/project-context';
import { signal } from '../live/signals';
import { raiserWords } from './follow-up-words';

/** Where what raised a follow-up is to be found. */
export function hrefOf(projectId: string, { type, id, sourceId, annotationId }: RaisedBy): string {
  const root = `/projects/${projectId}`;
  if (annotationId !== null && sourceId !== null) return `${root}/sources/${sourceId}?mark=${annotationId}`;
  if (type === 'claim') return `${root}/claims/${id}`;
  if (type === 'code') return `${root}/codebook?code=${id}`;
  // A comment knows itself what it is about.
  if (type === 'comment') return `${root}/comments/${id}`;
  return sourceId === null ? `${root}/notes/${id}` : `${root}/sources/${sourceId}`;
}

/** What raised a follow-up, as a link that leads there; `isHere` beside its source, where it is shown at once. */
export function RaisedByLink({
  projectId,
  raisedBy,
  isHere = false,
}: {
  projectId: string;
  raisedBy: RaisedBy;
  isHere?: boolean;
}) {
  const title = useProject((state) =>
    raisedBy.sourceId === null ? null : (state.sources.get(raisedBy.sourceId)?.title ?? null),
  );
  return (
    <span className="inline-flex min-w-0 max-w-full gap-1">
      <span className="shrink-0">from</span>
      <Link
        prefetch={false}
        href={hrefOf(projectId, raisedBy)}
        title={raisedBy.quote}
        onClick={(event) => {
          const { annotationId } = raisedBy;
          if (isHere && annotationId !== null && signal('annotation.focus', { annotationId }))
            event.preventDefault();
        }}
        className="min-w-0 truncate rounded text-accent underline underline-offset-2"
      >
        {raiserWords(raisedBy.type)}
        {isHere || raisedBy.type === 'source' || title === null ? `: ${raisedBy.quote}` : ` in ${title}`}
      </Link>
    </span>
  );
}
