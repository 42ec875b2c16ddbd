import { personRoute } from '@/app/api/handle';
import { addPasskey, removePasskey, renamePasskey } from '@/server/factors/passkeys';

export const POST = personRoute('passkey.add', (actor, { body }) => addPasskey(actor, body));
export const PATCH = personRoute('passkey.rename', (actor, { body }) => renamePasskey(actor, body));
export const DELETE = personRoute('passkey.remove', async (actor, { body }) => {
  await removePasskey(actor, body.id);
  return { ok: true as const };
});
