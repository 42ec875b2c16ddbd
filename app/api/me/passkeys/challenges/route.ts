import { personRoute } from '@/app/api/handle';
import { beginPasskey } from '@/server/factors/passkeys';

export const POST = personRoute('passkey.begin', async (actor) => ({ ...(await beginPasskey(actor)) }));
