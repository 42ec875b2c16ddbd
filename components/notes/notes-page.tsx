'use client';

import Link from 'next/link';
import { GuestLinkTo } from '@/components/live/guest-link-to';
import { useProject } from '@/components/live/project-context';
import { RoomLine } from '@/components/live/room-line';
import { EmptyState } from '@/components/ui/empty-state';
import { LongList } from '@/components/ui/long-list';
import { PageBody } from '@/components/ui/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { Time } from '@/components/ui/time';
import { can } from '@/lib/access/can';
import { StartNote } from './start-note';

/** The notes of the project: free ones, and those that stand beside a source. */
export function NotesPage() {
  const projectId = useProject((state) => state.project.id);
  const notes = useProject((state) =>
    [...state.notes.values()]
      .filter((note) => note.deleted === null)
      .filter((note) => note.sourceId === null || state.sources.get(note.sourceId)?.deleted === null)
      .sort((a, b) => b.modified.localeCompare(a.modified)),
  );
  const sources = useProject((state) => state.sources);
  const mayStart = useProject((state) => can(state.role, 'note.create'));
  return (
    <PageBody>
      <PageHeading title="Notes" action={notes.length > 0 ? <StartNote /> : undefined} />
      <div className="mb-4 empty:hidden">{mayStart ? <RoomLine of={['notes']} /> : null}</div>
      {notes.length === 0 ? (
        <EmptyState title="Nothing written yet" action={<StartNote />}>
          A note is a document all of you write in at once. Every source has one beside it; start a free one
          for what goes across sources.
        </EmptyState>
      ) : (
        <ul className="border-t border-line">
          <LongList items={notes}>
            {(note) => {
              const source = note.sourceId ? sources.get(note.sourceId) : undefined;
              const href = source
                ? `/projects/${projectId}/sources/${source.id}`
                : `/projects/${projectId}/notes/${note.id}`;
              return (
                <li
                  key={note.id}
                  className="relative flex items-start gap-3 border-b border-line py-3 hover:bg-hover"
                >
                  <div className="flex min-w-0 grow flex-col gap-0.5">
                    <Link
                      prefetch={false}
                      href={href}
                      className="break-words rounded font-serif text-lg font-semibold leading-snug after:absolute after:inset-0"
                    >
                      {note.title}
                    </Link>
                    {note.excerpt ? (
                      <p className="line-clamp-2 break-words text-[14px] text-muted">{note.excerpt}</p>
                    ) : null}
                    <p className="break-words text-[13px] text-muted">
                      {source ? `beside ${source.title} · ` : ''}
                      <Time at={note.modified} />
                    </p>
                  </div>
                  <GuestLinkTo kind="note" ids={[note.id]} name={note.title} isBare />
                </li>
              );
            }}
          </LongList>
        </ul>
      )}
    </PageBody>
  );
}
