import { projectRoute } from '@/app/api/handle';
import { createPass } from '@/server/passes/create-pass';
import { listPasses } from '@/server/passes/read-passes';

export const GET = projectRoute('pass.list', (grant) => listPasses(grant));
export const POST = projectRoute('pass.create', (grant, { body }) => createPass(grant, body));
