import { personRoute } from '@/app/api/handle';
import { listNotices } from '@/server/notices';

export const GET = personRoute('notice.list', (actor, { query }) => listNotices(actor, query));
