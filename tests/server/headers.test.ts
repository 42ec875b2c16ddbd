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

  it('earn an A+ by the rules of MDN’s HTTP Observatory: 125 points, of which 100 are enough', async () => {
    const seen = await pass({ https: true, development: false });
    const { response } = seen;
    const directive = (name: string) =>
      policyOf(seen)
        .split('; ')
        .find((one) => one.startsWith(`${name} `)) ?? '';
    const age = Number(/max-age=(\d+)/.exec(String(response['strict-transport-security']))?.[1]);
    // What holds, the points for it, and those for its lack. Cookies have a test of their own: Secure, HttpOnly and SameSite earn 5.
    const rules: [boolean, number, number][] = [
      [/'nonce-/.test(directive('script-src')) && !/unsafe/.test(directive('script-src')), 0, -20],
      [directive('default-src') === "default-src 'none'" && !/http:/.test(policyOf(seen)), 0, -20],
      [age >= 15_768_000, 0, -10],
      [response['x-content-type-options'] === 'nosniff', 0, -5],
      [directive('frame-ancestors') === "frame-ancestors 'none'", 5, -20],
      [response['referrer-policy'] === 'no-referrer', 5, -5],
      [response['cross-origin-resource-policy'] === 'same-origin', 10, -5],
      [response['access-control-allow-origin'] === undefined, 0, -50],
    ];
    expect(rules.reduce((sum, [holds, yes, no]) => sum + (holds ? yes : no), 105)).toBe(125);
  });

  it('keep the window that sends a page on the one page that takes it', async () => {
    const shares = async (path: string) =>
      (await pass(production, {}, path)).response['cross-origin-opener-policy'];
    for (const path of ['/clip', '/clip?project=1']) expect(await shares(path)).toBe('unsafe-none');
    for (const path of ['/clips', '/clip/', '/x?/clip', '//clip', '/api/projects'])
      expect(await shares(path)).toBe('same-origin');
    expect(policyOf(await pass(production, {}, '/clip'))).toContain("frame-ancestors 'none'");
  });

  it('open a file that somebody brought in as no page of ours', async () => {
    const at = '/api/projects/0199/sources/0200/file';
    for (const path of [at, `${at}?version=2`])
      expect(policyOf(await pass(production, {}, path))).toBe(
        "default-src 'none'; frame-ancestors 'none'; sandbox",
      );
    for (const path of [`${at}s`, `${at}/x`, `/x?${at}`])
      expect(policyOf(await pass(production, {}, path))).toContain('script-src');
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
