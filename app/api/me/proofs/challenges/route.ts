import { personRoute } from '@/app/api/handle';
import { beginProof } from '@/server/factors/prove';

export const POST = personRoute('proof.begin', async (actor) => ({ ...(await beginProof(actor)) }));
