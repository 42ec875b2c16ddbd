import type { Metadata } from 'next';
import { CodebookPage } from '@/components/codebook/codebook-page';

export const metadata: Metadata = { title: 'Codebook' };

export default function Page() {
  return <CodebookPage />;
}
