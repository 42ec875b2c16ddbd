import { publicRoute } from '@/app/api/handle';
import { guestCookie, guestKeyIn } from '@/server/guests/cookie';
import { openGuestLink } from '@/server/guests/open';

export const POST = publicRoute('guest.open', async ({ body: { token, pin }, ip, request }) => {
  const { page, key } = await openGuestLink({ token, key: guestKeyIn(request), ip }, pin);
  return Response.json(page, { headers: { 'set-cookie': guestCookie(key) } });
});
