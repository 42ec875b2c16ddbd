'use client';

import type { ReactNode } from 'react';
import { useProject } from '@/components/live/project-context';
import { Because } from '@/components/ui/because';
import { PageBody } from '@/components/ui/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { can } from '@/lib/access/can';
import { whyNot } from '@/lib/access/why-not';
import { ArchiveProject } from './archive-project';
import { DeleteProject } from './delete-project';
import { ProjectUsage } from './project-usage';
import { ReadersComment } from './readers-comment';
import { RenameProject } from './rename-project';
import { SecondFactorAsked } from './second-factor-asked';

/** What a project is called and how it is ended; `children` are settings that other nouns bring. */
export function SettingsPage({ children }: { children?: ReactNode }) {
  const project = useProject((state) => state.project);
  const isOwner = can(project.role, 'project.archive');
  const reason =
    isOwner && project.archived !== null
      ? 'An archived project can’t be changed. Bring it back first.'
      : whyNot(project.role, 'project.update');
  return (
    <PageBody>
      <PageHeading title="Settings">A project of the team {project.teamName}.</PageHeading>
      <div className="flex flex-col gap-10">
        <Because reason={reason} />
        <RenameProject isDisabled={reason !== null} />
        <ReadersComment isDisabled={reason !== null} />
        <SecondFactorAsked isDisabled={reason !== null} />
        <ProjectUsage />
        {children}
        {isOwner ? (
          <>
            <ArchiveProject />
            <DeleteProject />
          </>
        ) : null}
      </div>
    </PageBody>
  );
}
