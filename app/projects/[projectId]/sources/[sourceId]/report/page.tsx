import type { Metadata } from 'next';
import { openSource } from '@/app/projects/open-source';
import { ReportPage } from '@/components/versions/report-page';

type Props = {
  params: Promise<{ projectId: string; sourceId: string }>;
  searchParams: Promise<{ orphans?: string; mark?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { projectId, sourceId } = await params;
  return { title: `Marks of ${(await openSource(projectId, sourceId)).source.title}` };
}

export default async function Report({ params, searchParams }: Props) {
  const { projectId, sourceId } = await params;
  const { orphans, mark } = await searchParams;
  const snapshot = await openSource(projectId, sourceId);
  return (
    <ReportPage
      key={sourceId}
      snapshot={snapshot}
      state={orphans === undefined ? 'waiting' : 'orphan'}
      mark={mark ?? null}
    />
  );
}
