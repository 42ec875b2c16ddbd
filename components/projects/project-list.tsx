'use client';

import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { Time } from '@/components/ui/time';
import type { Project, Team } from '@/lib/projects/project';
import { NewProjectDialog } from './new-project-dialog';
import { Shelf } from './shelf';

/** The projects of a person, by team. */
export function ProjectList({ projects, teams }: { projects: readonly Project[]; teams: readonly Team[] }) {
  const [making, setMaking] = useState(false);
  const open = projects.filter(({ archived }) => archived === null);
  const archived = projects.filter((project) => project.archived !== null);
  const byTeam = Map.groupBy(open, (project) => project.teamId);
  const add = (
    <Button look="primary" onPress={() => setMaking(true)}>
      <Plus aria-hidden className="size-4" />
      New project
    </Button>
  );
  return (
    <>
      <PageHeading title="Projects" action={open.length > 0 ? add : undefined} />
      {open.length === 0 ? (
        <EmptyState
          title={archived.length === 0 ? 'No project yet' : 'No project that is worked on'}
          action={add}
        >
          A project holds the sources you read, what you mark in them and the notes you write, for the people
          you let in. Start one, or open an invitation link somebody sent you.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-8">
          {[...byTeam].map(([teamId, held]) => (
            <section key={teamId} aria-labelledby={`team-${teamId}`}>
              <h2 id={`team-${teamId}`} className="pb-1 text-[13px] font-medium text-muted">
                {held[0]?.teamName}
              </h2>
              <ul className="border-t border-line">
                {held.map((project) => (
                  <ProjectRow key={project.id} project={project} />
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
      {archived.length > 0 ? (
        <Shelf title="Archived" about="Everybody in them can read these; nobody can change them.">
          {archived.map((project) => (
            <ProjectRow key={project.id} project={project} />
          ))}
        </Shelf>
      ) : null}
      <NewProjectDialog teams={teams} isOpen={making} onClose={() => setMaking(false)} />
    </>
  );
}

function ProjectRow({ project }: { project: Project }) {
  const { sources, annotations, members } = project.counts;
  return (
    <li className="relative flex flex-wrap items-baseline gap-x-4 gap-y-0.5 border-b border-line py-3 hover:bg-hover">
      <Link
        href={`/projects/${project.id}`}
        className="min-w-0 grow break-words rounded font-serif text-lg font-semibold after:absolute after:inset-0"
      >
        {project.name}
      </Link>
      <span className="text-[13px] text-muted">{project.role}</span>
      <span className="w-full text-[13px] text-muted">
        {project.lacksFactor ? (
          'asks for a second factor, which you have not'
        ) : (
          <>
            {count(sources, 'source')} · {count(annotations, 'mark')} · {count(members, 'person', 'people')}
          </>
        )}{' '}
        · {project.archived === null ? 'started' : 'archived'}{' '}
        <Time at={project.archived ?? project.created} />
      </span>
    </li>
  );
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
