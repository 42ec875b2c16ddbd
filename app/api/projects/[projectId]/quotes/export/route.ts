import { Readable } from 'node:stream';
import { projectRoute } from '@/app/api/handle';
import { exportQuotes } from '@/server/quotes';

export const GET = projectRoute('quote.export', async (grant, { query }) => {
  const bytes = Readable.from(await exportQuotes(grant, query)).map((piece: string) => Buffer.from(piece));
  return new Response(Readable.toWeb(bytes) as ReadableStream, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="quotes.csv"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
});
