import { projectRoute } from '@/app/api/handle';
import { importCodes } from '@/server/codebook/import-codes';

export const POST = projectRoute('code.import', (grant, { body }) => importCodes(grant, body));
