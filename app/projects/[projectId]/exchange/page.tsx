import type { Metadata } from 'next';
import { ExchangePage } from '@/components/exchange/exchange-page';
import type { Only } from '@/lib/exchange/only';
import { Id } from '@/lib/ids';

export const metadata: Metadata = { title: 'Bring in, take out' };

type Query = Promise<{ note?: string; source?: string }>;

export default async function Page({ searchParams }: { searchParams: Query }) {
  const only = onlyIn(await searchParams);
  return <ExchangePage key={only?.id ?? 'all'} only={only} />;
}

function onlyIn({ note, source }: Awaited<Query>): Only | null {
  const [one, other] = [Id.safeParse(note), Id.safeParse(source)];
  if (one.success) return { kind: 'note', id: one.data };
  return other.success ? { kind: 'source', id: other.data } : null;
}
