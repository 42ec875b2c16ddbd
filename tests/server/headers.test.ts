import '@/tests/support/test-environment';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { secure } from '@/server/headers';

type Seen = { request: IncomingHttpHeaders; response: IncomingHttpHeaders };

/** One request through `secure`: what the pages behind it see, and what the client gets. */
async function pass(
  options: { https: boolean; development: boolean },
  headers: Record<string, string> = {},
  path = '/',
): Promise<Seen> {
  let seen: IncomingHttpHeaders = {};
  const server = createServer((incoming, outgoing) => {
    secure(incoming, outgoing, options);
    seen = { ...incoming.headers };
    outgoing.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const sent = request({ port, host: '127.0.0.1', path, headers }).end();
    const [response] = (await once(sent, 'response')) as [{ headers: IncomingHttpHeaders; resume(): void }];
    response.resume();
    return { request: seen, response: response.headers };
  } finally {
    server.close();
  }
}

const production = { https: false, development: false };
const policyOf = ({ response }: Seen) => String(response['content-security-policy']);

describe('The headers of every answer', () => {
  it('allow scripts by a nonce of this very answer, and nothing from anywhere else', async () => {
    const [one, two] = [await pass(production), await pass(production)];
    const nonce = /'nonce-([^']+)'/.exec(policyOf(one))?.[1] ?? '';
    expect(Buffer.from(nonce, 'base64').length).toBe(16);
    expect(policyOf(two)).not.toContain(nonce);
    const directives = new Map(
      policyOf(one)
        .split('; ')
        .map((each) => [each.split(' ')[0] ?? '', each.split(' ').slice(1).join(' ')]),
    );
    expect(directives.get('default-src')).toBe("'none'");
    expect(directives.get('script-src')).toBe(`'nonce-${nonce}' 'strict-dynamic'`);
    for (const name of ['object-src', 'base-uri', 'frame-ancestors'])
      expect(directives.get(name)).toBe("'none'");
    for (const name of ['connect-src', 'font-src', 'form-action'])
      expect(directives.get(name)).toBe("'self'");
    expect(directives.get('img-src')).toMatch(/^'self'( blob:| data:)*$/);
    expect(policyOf(one)).not.toMatch(/unsafe-eval|https?:|\*/);
  });

  it('evaluate strings in development only', async () => {
    expect(policyOf(await pass({ https: false, development: true }))).toContain("'unsafe-eval'");
  });

  it('tell browsers to guess no type, send no address on, share no window and keep no copy', async () => {
    const { response } = await pass(production);
    expect(response).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
    });
    expect(response['permissions-policy']).toContain('camera=()');
  });

  it('let built files be kept, and say https for good only behind https', async () => {
    expect((await pass(production, {}, '/_next/static/x.js')).response['cache-control']).toBe(undefined);
    expect((await pass(production)).response['strict-transport-security']).toBe(undefined);
    const behind = await pass({ https: true, development: false });
    expect(behind.response['strict-transport-security']).toMatch(/max-age=\d{8}/);
  });
});

describe('What a client may not bring along', () => {
  it.each(['x-middleware-subrequest', 'x-middleware-prefetch', 'x-forwarded-host', 'next-resume'])(
    '%s is taken off',
    async (name) => {
      expect((await pass(production, { [name]: 'middleware' })).request[name]).toBe(undefined);
    },
  );

  it('a nonce, a policy and an address of its own are replaced by ours', async () => {
    const brought = {
      'x-nonce': 'mine',
      'content-security-policy': "script-src 'nonce-mine'",
      'x-gloss-ip': '10.0.0.1',
    };
    const seen = await pass(production, brought);
    expect(seen.request['x-nonce']).not.toBe('mine');
    expect(seen.request['content-security-policy']).toBe(policyOf(seen));
    expect(policyOf(seen)).toContain(`'nonce-${seen.request['x-nonce']}'`);
    expect(seen.request['x-gloss-ip']).toBe('127.0.0.1');
  });
});
