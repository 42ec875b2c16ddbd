import type { Metadata } from 'next';
import { openSource } from '@/app/projects/open-source';
import { SourceWorkspace } from '@/components/workspace/source-workspace';

type Props = { params: Promise<{ projectId: string; sourceId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { projectId, sourceId } = await params;
  return { title: (await openSource(projectId, sourceId)).source.title };
}

export default async function SourcePage({ params }: Props) {
  const { projectId, sourceId } = await params;
  const snapshot = await openSource(projectId, sourceId);
  // Another source, or another version of it, is a new workspace: nothing of the one before may stay open.
  return <SourceWorkspace key={`${sourceId} ${snapshot.source.text.version}`} snapshot={snapshot} />;
}
