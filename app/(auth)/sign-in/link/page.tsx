import type { Metadata } from 'next';
import { OneTimeLink } from '@/components/auth/one-time-link';

export const metadata: Metadata = { title: 'Sign in by link', referrer: 'no-referrer' };

export default function LinkPage() {
  return <OneTimeLink />;
}
