import { projectRoute } from '@/app/api/handle';
import { unsplitCode } from '@/server/codebook/split-code';

export const POST = projectRoute('code.unsplit', (grant, { params }) => unsplitCode(grant, params.codeId));
