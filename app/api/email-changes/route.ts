import { publicRoute } from '@/app/api/handle';
import { confirmEmail } from '@/server/email-changes';

export const POST = publicRoute('email.confirm', ({ body, ip }) => confirmEmail(body.token, ip));
