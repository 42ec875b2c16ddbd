import { personRoute } from '@/app/api/handle';
import { seeNotices } from '@/server/notices';

export const POST = personRoute('notice.see', (actor, { body }) => seeNotices(actor, body.ids));
