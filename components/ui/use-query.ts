'use client';
import { useSearchParams } from 'next/navigation';

/** What the page's address says under a name; `null` where it says nothing, and on a page without a router. */
export function useQuery(name: string): string | null {
  const params = useSearchParams() as ReturnType<typeof useSearchParams> | null;
  return params?.get(name) ?? null;
}
