import { personRoute } from '@/app/api/handle';
import {
  beginAuthenticator,
  confirmAuthenticator,
  removeAuthenticator,
} from '@/server/factors/authenticator';

export const POST = personRoute('authenticator.begin', (actor) => beginAuthenticator(actor));
export const PUT = personRoute('authenticator.confirm', (actor, { body }) =>
  confirmAuthenticator(actor, body.code),
);
export const DELETE = personRoute('authenticator.remove', async (actor) => {
  await removeAuthenticator(actor);
  return { ok: true as const };
});
