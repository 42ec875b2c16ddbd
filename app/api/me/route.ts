import { personRoute } from '@/app/api/handle';
import { getMe, updateMe } from '@/server/people';

export const GET = personRoute('me', (actor) => getMe(actor));
export const PATCH = personRoute('me.update', (actor, { body }) => updateMe(actor, body));
