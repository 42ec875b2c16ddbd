import { personRoute } from '@/app/api/handle';
import { acceptInvitation } from '@/server/members';

export const POST = personRoute('invitation.accept', (actor, { body }) =>
  acceptInvitation(actor, body.token),
);
