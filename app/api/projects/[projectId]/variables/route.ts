import { projectRoute } from '@/app/api/handle';
import { createVariable, listVariables } from '@/server/variables';

export const GET = projectRoute('variable.list', (grant) => listVariables(grant));
export const POST = projectRoute('variable.create', (grant, { body }) => createVariable(grant, body));
