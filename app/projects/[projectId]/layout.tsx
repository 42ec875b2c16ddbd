import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { AccountMenu } from '@/components/auth/account-menu';
import { ProjectProvider } from '@/components/live/project-context';
import { ConnectionLine } from '@/components/projects/connection-line';
import { ProjectBar } from '@/components/projects/project-bar';
import { getProject } from '@/server/projects';
import { loadProject } from '@/server/snapshot';
import { openPage } from '../open-page';

type Params = Promise<{ projectId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const project = await getProject(await openPage('project.read', (await params).projectId));
  return { title: { default: project.name, template: `%s · ${project.name} · Gloss` } };
}

export default async function ProjectLayout({ children, params }: { children: ReactNode; params: Params }) {
  const { projectId } = await params;
  const snapshot = await loadProject(await openPage('project.read', projectId));
  return (
    <ProjectProvider key={projectId} snapshot={snapshot}>
      <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_auto_minmax(0,1fr)]">
        <ProjectBar end={<AccountMenu me={snapshot.me} />} />
        <ConnectionLine />
        <main id="content" tabIndex={-1} className="relative min-h-0 overflow-y-auto outline-none">
          {children}
        </main>
      </div>
    </ProjectProvider>
  );
}
