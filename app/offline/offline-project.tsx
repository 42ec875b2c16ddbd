'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { ProjectFrame } from '@/app/projects/project-frame';
import { FollowUpsPage } from '@/components/follow-ups/follow-ups-page';
import { type KeptPage, listKept, readKept } from '@/components/live/kept';
import { useProject } from '@/components/live/project-context';
import { NotePage } from '@/components/notes/note-page';
import { NotesPage } from '@/components/notes/notes-page';
import { SourcesPage } from '@/components/sources/sources-page';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { SourceWorkspace } from '@/components/workspace/source-workspace';
import type { ProjectSnapshot } from '@/lib/live/snapshot';
import { type OfflinePlace, offlinePlaceOf } from './offline-place';

type Found = { place: OfflinePlace; page: KeptPage | null; projects: readonly ProjectSnapshot[] };

/** A page of a project from what this machine keeps. */
export function OfflineProject() {
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    const place = offlinePlaceOf(location.pathname);
    const theme = /(?:^|; )theme=(light|dark)/.exec(document.cookie)?.[1];
    if (theme !== undefined) document.documentElement.dataset.theme = theme;
    find(place)
      .catch((error: unknown) => {
        console.warn('This machine keeps nothing:', error);
        return { place, page: null, projects: [] };
      })
      .then(setFound);
  }, []);
  if (found === null) return null;
  const { place, page, projects } = found;
  if (page === null) return <NothingKept projects={projects} />;
  return (
    <ProjectFrame snapshot={page.project}>
      <Content place={place} page={page} />
    </ProjectFrame>
  );
}

async function find(place: OfflinePlace): Promise<Found> {
  const projects = await listKept();
  if (place.projectId === null) return { place, page: null, projects };
  return {
    place,
    page: await readKept(place.projectId, place.type === 'source' ? place.id : null),
    projects,
  };
}

function Content({ place, page }: { place: OfflinePlace; page: KeptPage }): ReactNode {
  if (place.type === 'source' && page.source !== null) return <SourceWorkspace snapshot={page.source} />;
  if (place.type === 'note') return <KeptNotePage noteId={place.id} />;
  if (place.type === 'notes') return <NotesPage />;
  if (place.type === 'sources') return <SourcesPage />;
  if (place.type === 'follow-ups') return <FollowUpsPage />;
  return (
    <PageBody>
      <PageHeading title="Not kept on this machine" />
      <EmptyState title="This page needs a connection">
        Sources and notes that you have opened here before can be read and written on without one.
      </EmptyState>
    </PageBody>
  );
}

/** A note made without a connection is among the changes that wait, which come a moment after the page. */
function KeptNotePage({ noteId }: { noteId: string }) {
  const isKnown = useProject((state) => state.notes.has(noteId));
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 1_000);
    return () => clearTimeout(timer);
  }, []);
  return isKnown || isLate ? <NotePage noteId={noteId} /> : null;
}

function NothingKept({ projects }: { projects: readonly ProjectSnapshot[] }) {
  return (
    <main className="mx-auto flex min-h-[70dvh] max-w-md flex-col items-start justify-center gap-4 px-4">
      <h1 className="font-serif text-[28px] font-semibold leading-tight">No connection</h1>
      {projects.length === 0 ? (
        <p className="text-muted">
          This page is not kept on this machine. Try again when the connection is back.
        </p>
      ) : (
        <>
          <p className="text-muted">What you opened here before can be read and written on:</p>
          <ul className="flex flex-col gap-2">
            {projects.map(({ project }) => (
              <li key={project.id}>
                <a href={`/projects/${project.id}`} className="text-accent underline underline-offset-2">
                  {project.name}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </main>
  );
}
