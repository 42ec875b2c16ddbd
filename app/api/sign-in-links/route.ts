import { publicRoute } from '@/app/api/handle';
import { requestSignInLink } from '@/server/sign-in-links';

export const POST = publicRoute('sign-in.link', async ({ body, ip }) => {
  await requestSignInLink(body.email, ip);
  return { ok: true as const };
});
