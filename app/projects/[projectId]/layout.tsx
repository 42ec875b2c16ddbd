import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { getProject } from '@/server/projects';
import { loadProject } from '@/server/snapshot';
import { openPage } from '../open-page';
import { ProjectFrame } from '../project-frame';

type Params = Promise<{ projectId: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const project = await getProject(await openPage('project.read', (await params).projectId));
  return { title: { default: project.name, template: `%s · ${project.name} · Gloss` } };
}

export default async function ProjectLayout({ children, params }: { children: ReactNode; params: Params }) {
  const { projectId } = await params;
  const snapshot = await loadProject(await openPage('project.read', projectId));
  return (
    <ProjectFrame key={projectId} snapshot={snapshot}>
      {children}
    </ProjectFrame>
  );
}
