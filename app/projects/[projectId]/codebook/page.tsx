import type { Metadata } from 'next';
import { CodebookPage } from '@/components/codebook/codebook-page';
import { standingCode } from '@/server/codebook/standing-code';
import { openPage } from '../../open-page';

export const metadata: Metadata = { title: 'Codebook' };

export default async function Page({
  params,
  searchParams,
}: {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { code, thread } = await searchParams;
  const codeId =
    typeof code === 'string'
      ? await standingCode(await openPage('code.read', (await params).projectId), code)
      : null;
  return <CodebookPage codeId={codeId} isTalk={thread !== undefined} />;
}
