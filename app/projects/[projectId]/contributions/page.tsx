import type { Metadata } from 'next';
import { ContributionsPage } from '@/components/contributions/contributions-page';

export const metadata: Metadata = { title: 'Who did what' };

export default function Page() {
  return <ContributionsPage />;
}
