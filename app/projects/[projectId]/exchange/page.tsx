import type { Metadata } from 'next';
import { ExchangePage } from '@/components/exchange/exchange-page';

export const metadata: Metadata = { title: 'Export' };

export default function Page() {
  return <ExchangePage />;
}
