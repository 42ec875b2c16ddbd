import type { Metadata } from 'next';
import { GuestDoor } from '@/components/guest-page/guest-door';

export const metadata: Metadata = { title: 'For you to read', referrer: 'no-referrer', robots: 'noindex' };

export default function Page() {
  return <GuestDoor />;
}
