import type { Metadata } from 'next';
import { AdjudicatePage } from '@/components/adjudication/adjudicate-page';

export const metadata: Metadata = { title: 'Adjudicate' };

export default async function Page({ params }: { params: Promise<{ passId: string }> }) {
  return <AdjudicatePage passId={(await params).passId} />;
}
