import type { Metadata } from 'next';
import { PassesPage } from '@/components/passes/passes-page';

export const metadata: Metadata = { title: 'Passes' };

export default function Page() {
  return <PassesPage />;
}
