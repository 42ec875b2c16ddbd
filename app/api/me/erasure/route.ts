import { personRoute } from '@/app/api/handle';
import { eraseMe } from '@/server/erasure/erase-person';
import { planErasure } from '@/server/erasure/plan-erasure';

export const GET = personRoute('me.plan-erasure', ({ userId }) => planErasure(userId));
export const POST = personRoute('me.erase', async (actor, { body }) => {
  await eraseMe(actor, body);
  return { ok: true as const };
});
