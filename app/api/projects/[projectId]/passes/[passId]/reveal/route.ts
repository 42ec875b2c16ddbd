import { projectRoute } from '@/app/api/handle';
import { revealPass } from '@/server/passes/reveal';

export const POST = projectRoute('pass.reveal', (grant, { params }) => revealPass(grant, params.passId));
