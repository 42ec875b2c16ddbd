import { publicRoute } from '@/app/api/handle';
import { lookAtInvitation } from '@/server/members';

export const POST = publicRoute('invitation.look', ({ body, ip }) => lookAtInvitation(body.token, ip));
