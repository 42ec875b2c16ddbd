import type { Metadata } from 'next';
import { SinceYouWereHere } from '@/components/projects/since-you-were-here';
import { SourcesPage } from '@/components/sources/sources-page';

export const metadata: Metadata = { title: 'Sources' };

export default function Page() {
  return (
    <SourcesPage>
      <SinceYouWereHere leads />
    </SourcesPage>
  );
}
