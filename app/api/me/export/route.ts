import { personRoute } from '@/app/api/handle';
import { streamBody } from '@/app/api/stream-body';
import { standingOf } from '@/server/limits';
import { PATIENCE_MS, takeOutOwnData } from '@/server/own-data/take-out';

export const GET = personRoute('me.export', async ({ userId, ip }, { request }) => {
  const headers = {
    'content-type': 'application/octet-stream',
    'content-disposition': 'attachment; filename="my-gloss-data.zip"',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
  // Whoever asks for the headers alone takes no body, and nothing would end one that was begun.
  if (request.method === 'HEAD') {
    await standingOf('export', userId);
    return new Response(null, { headers });
  }
  const pieces = takeOutOwnData({ userId, by: 'themselves', ip });
  // The first piece is made before the answer begins, so that what fails at once is answered in words.
  const first = await pieces.next();
  return new Response(streamBody(first, pieces, PATIENCE_MS), { headers });
});
