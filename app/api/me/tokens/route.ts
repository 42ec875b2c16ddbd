import { personRoute } from '@/app/api/handle';
import { createMyToken, listMyTokens, revokeMyToken } from '@/server/people';

export const GET = personRoute('token.list', (actor) => listMyTokens(actor));
export const POST = personRoute('token.create', (actor, { body }) => createMyToken(actor, body));
export const DELETE = personRoute('token.revoke', async (actor, { body }) => {
  await revokeMyToken(actor, body.id);
  return { ok: true as const };
});
