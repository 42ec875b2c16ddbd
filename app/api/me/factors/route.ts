import { personRoute } from '@/app/api/handle';
import { listFactors } from '@/server/factors/list-factors';

export const GET = personRoute('factor.list', (actor) => listFactors(actor));
