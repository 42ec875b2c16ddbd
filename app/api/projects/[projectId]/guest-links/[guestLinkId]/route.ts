import { projectRoute } from '@/app/api/handle';
import { readGuestLink, revokeGuestLink } from '@/server/guests/links';

export const GET = projectRoute('guest-link.get', (grant, { params }) =>
  readGuestLink(grant, params.guestLinkId),
);
export const DELETE = projectRoute('guest-link.revoke', (grant, { params }) =>
  revokeGuestLink(grant, params.guestLinkId),
);
