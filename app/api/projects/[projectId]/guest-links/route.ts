import { projectRoute } from '@/app/api/handle';
import { createGuestLink, listGuestLinks } from '@/server/guests/links';

export const GET = projectRoute('guest-link.list', (grant) => listGuestLinks(grant));
export const POST = projectRoute('guest-link.create', (grant, { body }) => createGuestLink(grant, body));
