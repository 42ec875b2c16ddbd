import type { Metadata } from 'next';
import { ExchangePage } from '@/components/exchange/exchange-page';

export const metadata: Metadata = { title: 'Bring in, take out' };

export default function Page() {
  return <ExchangePage />;
}
