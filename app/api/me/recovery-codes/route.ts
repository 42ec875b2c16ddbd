import { personRoute } from '@/app/api/handle';
import { renewRecoveryCodes } from '@/server/factors/renew-recovery-codes';

export const POST = personRoute('recovery-codes.renew', (actor) => renewRecoveryCodes(actor));
