import { publicRoute } from '@/app/api/handle';
import { createAccount } from '@/server/people';

export const POST = publicRoute('account.create', ({ body, ip }) => createAccount(body, ip));
