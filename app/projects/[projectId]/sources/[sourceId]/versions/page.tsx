import type { Metadata } from 'next';
import { openSource } from '@/app/projects/open-source';
import { VersionsPage } from '@/components/versions/versions-page';

type Props = {
  params: Promise<{ projectId: string; sourceId: string }>;
  searchParams: Promise<{ version?: string; against?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { projectId, sourceId } = await params;
  return { title: `Versions of ${(await openSource(projectId, sourceId)).source.title}` };
}

export default async function Versions({ params, searchParams }: Props) {
  const { projectId, sourceId } = await params;
  const { version, against } = await searchParams;
  const snapshot = await openSource(projectId, sourceId);
  return (
    <VersionsPage
      key={sourceId}
      snapshot={snapshot}
      version={numberOf(version)}
      against={numberOf(against)}
    />
  );
}

/** A version as an address names it; null for none, and for what is no number. */
function numberOf(given: string | undefined): number | null {
  const number = Number(given);
  return Number.isSafeInteger(number) && number >= 1 ? number : null;
}
