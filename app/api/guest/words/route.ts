import { publicRoute } from '@/app/api/handle';
import { guestKeyIn } from '@/server/guests/cookie';
import { sayAsGuest } from '@/server/guests/say';

export const POST = publicRoute('guest.say', ({ body, ip, request }) =>
  sayAsGuest({ token: body.token, key: guestKeyIn(request), ip }, body),
);
