import type { Metadata } from 'next';
import { AgreementPage } from '@/components/agreement/agreement-page';

export const metadata: Metadata = { title: 'Agreement' };

export default async function Page({ params }: { params: Promise<{ passId: string }> }) {
  const { passId } = await params;
  return <AgreementPage key={passId} passId={passId} />;
}
