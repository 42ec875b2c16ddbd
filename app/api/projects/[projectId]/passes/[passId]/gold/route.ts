import { projectRoute } from '@/app/api/handle';
import { goldTable } from '@/lib/adjudication/write-gold';
import { readGold } from '@/server/adjudication/read-adjudication';

export const GET = projectRoute('gold.get', async (grant, { params, query }) => {
  const items = await readGold(grant, params.passId);
  if (query.format === 'json') return { items };
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="gold-${params.passId}.csv"`,
  };
  return new Response(goldTable(items), { headers });
});
