import { projectRoute } from '@/app/api/handle';
import { readEvents } from '@/server/events/list';

export const GET = projectRoute('event.list', async (grant, { query }) => {
  const { events, read, more } = await readEvents(grant, query.after, query.limit);
  return { items: events, nextCursor: more ? String(read) : null };
});
