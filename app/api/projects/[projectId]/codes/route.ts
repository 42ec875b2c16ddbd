import { projectRoute } from '@/app/api/handle';
import { createCode, listCodes } from '@/server/codebook';

export const GET = projectRoute('code.list', (grant, { query }) => listCodes(grant, query.gone));
export const POST = projectRoute('code.create', (grant, { body }) => createCode(grant, body));
