import { projectRoute } from '@/app/api/handle';
import { revokeInvitation } from '@/server/members';

export const DELETE = projectRoute('invitation.revoke', (grant, { params }) =>
  revokeInvitation(grant, params.invitationId),
);
