import { publicRoute } from '@/app/api/handle';
import { lookAtSignInLink } from '@/server/sign-in-links';

export const POST = publicRoute('sign-in.look', ({ body, ip }) => lookAtSignInLink(body.token, ip));
