import type { Metadata } from 'next';
import { AnalysisPage } from '@/components/analysis/analysis-page';

export const metadata: Metadata = { title: 'Analysis' };

export default function Page() {
  return <AnalysisPage />;
}
