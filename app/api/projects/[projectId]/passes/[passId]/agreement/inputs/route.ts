import { projectRoute } from '@/app/api/handle';
import { printInputs } from '@/server/agreement/inputs';

export const GET = projectRoute('agreement.inputs', async (grant, { params, query }) => {
  const table = await printInputs(grant, params.passId, query);
  return new Response(table, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="agreement-${query.form}.csv"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
});
