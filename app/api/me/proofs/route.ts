import { personRoute } from '@/app/api/handle';
import { giveProof } from '@/server/factors/prove';

export const POST = personRoute('proof.give', async (actor, { body }) => {
  await giveProof(actor, body);
  return { ok: true as const };
});
