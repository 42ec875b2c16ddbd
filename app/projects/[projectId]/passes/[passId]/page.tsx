import type { Metadata } from 'next';
import { PassPage } from '@/components/passes/pass-page';

export const metadata: Metadata = { title: 'Pass' };

export default async function Page({ params }: { params: Promise<{ passId: string }> }) {
  const { passId } = await params;
  return <PassPage key={passId} passId={passId} />;
}
