import type { Metadata } from 'next';
import { GuestLinks } from '@/components/guests/guest-links';
import { MembersPage } from '@/components/members/members-page';

export const metadata: Metadata = { title: 'Members' };

export default function Page() {
  return (
    <MembersPage>
      <GuestLinks />
    </MembersPage>
  );
}
