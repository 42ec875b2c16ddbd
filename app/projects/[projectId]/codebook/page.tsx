import type { Metadata } from 'next';
import { CodebookPage } from '@/components/codebook/codebook-page';

export const metadata: Metadata = { title: 'Codebook' };

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { code, thread } = await searchParams;
  return <CodebookPage codeId={typeof code === 'string' ? code : null} isTalk={thread !== undefined} />;
}
