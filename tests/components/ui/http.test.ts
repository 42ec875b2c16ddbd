import { afterEach, expect, it, vi } from 'vitest';
import { CallError, call } from '@/components/ui/http';

afterEach(() => vi.unstubAllGlobals());

/** The network edge answers with this. */
async function errorOf(status: number, body: string): Promise<CallError> {
  vi.stubGlobal('fetch', async () => new Response(body, { status }));
  const error: unknown = await call('health').catch((cause: unknown) => cause);
  if (!(error instanceof CallError)) throw new Error('The call did not fail');
  return error;
}

it.each([502, 503, 504])(
  'a bare %d says that nothing was judged yet, so the call can be made again',
  async (status) => {
    expect((await errorOf(status, 'starting')).code).toBe('unavailable');
  },
);

it('any other bare answer is unexpected, and our own refusals keep their words', async () => {
  expect((await errorOf(500, '<html>')).code).toBe('unexpected');
  const refusal = await errorOf(403, JSON.stringify({ error: { code: 'forbidden', message: 'Not yours.' } }));
  expect([refusal.code, refusal.message]).toEqual(['forbidden', 'Not yours.']);
});
