import { publicRoute } from '@/app/api/handle';
import { guestKeyIn } from '@/server/guests/cookie';
import { readGuestNews } from '@/server/guests/say';

export const POST = publicRoute('guest.news', ({ body: { token }, ip, request }) =>
  readGuestNews({ token, key: guestKeyIn(request), ip }),
);
