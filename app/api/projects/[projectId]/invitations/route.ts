import { projectRoute } from '@/app/api/handle';
import { createInvitation, listInvitations } from '@/server/members';

export const GET = projectRoute('invitation.list', (grant) => listInvitations(grant));
export const POST = projectRoute('invitation.create', (grant, { body }) => createInvitation(grant, body));
