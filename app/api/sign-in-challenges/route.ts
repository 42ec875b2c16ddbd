import { publicRoute } from '@/app/api/handle';
import { beginPasskeySignIn } from '@/server/sign-in-steps';

export const POST = publicRoute('sign-in.passkey', async ({ request, ip }) => {
  const { options, cookie } = await beginPasskeySignIn(request.headers.get('cookie'), ip);
  return Response.json(options, { status: 201, headers: { 'set-cookie': cookie } });
});
