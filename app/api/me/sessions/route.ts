import { personRoute } from '@/app/api/handle';
import { endMySessions, listMySessions } from '@/server/people';

export const GET = personRoute('session.list', (actor) => listMySessions(actor));
export const DELETE = personRoute('session.end', async (actor, { body }) => {
  await endMySessions(actor, body);
  return { ok: true as const };
});
