import type { Metadata } from 'next';
import { ClaimPage } from '@/components/claims/claim-page';
import { FollowUpsOfClaim } from '@/components/follow-ups/follow-ups-of';

export const metadata: Metadata = { title: 'Claim' };

export default async function Page({ params }: { params: Promise<{ claimId: string }> }) {
  const { claimId } = await params;
  return (
    <ClaimPage key={claimId} claimId={claimId}>
      <FollowUpsOfClaim claimId={claimId} />
    </ClaimPage>
  );
}
