import type { Metadata } from 'next';
import { DecisionsPage } from '@/components/adjudication/decisions-page';

export const metadata: Metadata = { title: 'What was decided' };

export default async function Page({ params }: { params: Promise<{ passId: string }> }) {
  return <DecisionsPage passId={(await params).passId} />;
}
