import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { openPage } from '@/app/projects/open-page';
import { SourceWorkspace } from '@/components/workspace/source-workspace';
import { AppError } from '@/lib/errors';
import { loadSource } from '@/server/snapshot';

type Props = { params: Promise<{ projectId: string; sourceId: string }> };

/** Read once for the title and the page. */
const read = cache(async (projectId: string, sourceId: string) => {
  const grant = await openPage('source.read', projectId);
  try {
    return await loadSource(grant, sourceId);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { projectId, sourceId } = await params;
  return { title: (await read(projectId, sourceId)).source.title };
}

export default async function SourcePage({ params }: Props) {
  const { projectId, sourceId } = await params;
  // A new source is a new workspace: nothing of the one before may stay open.
  return <SourceWorkspace key={sourceId} snapshot={await read(projectId, sourceId)} />;
}
