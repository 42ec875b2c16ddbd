import type { Metadata } from 'next';
import { ClaimPage } from '@/components/claims/claim-page';

export const metadata: Metadata = { title: 'Claim' };

export default async function Page({ params }: { params: Promise<{ claimId: string }> }) {
  const { claimId } = await params;
  return <ClaimPage key={claimId} claimId={claimId} />;
}
