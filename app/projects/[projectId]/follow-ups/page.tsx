import type { Metadata } from 'next';
import { FollowUpsPage } from '@/components/follow-ups/follow-ups-page';

export const metadata: Metadata = { title: 'Follow-ups' };

export default function Page() {
  return <FollowUpsPage />;
}
