import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/errors';
import type { Address, Resolve } from '@/server/sources/address';
import { fetchPage } from '@/server/sources/fetch-page';
import { type Site, startCanary, startSite } from '../../support/sites';

let canary: Awaited<ReturnType<typeof startCanary>>;
let site: Site;

beforeAll(async () => {
  canary = await startCanary();
  site = await startSite((request, response) => {
    const { searchParams, pathname } = new URL(request.url ?? '/', 'http://site');
    const to = searchParams.get('to') ?? '';
    if (pathname === '/refresh') {
      response.setHeader('content-type', 'text/html');
      response.end(`<meta http-equiv="refresh" content="0; url=${to}"><p>Moved</p>`);
    } else {
      // A header holds bytes; what cannot stand in one is left out.
      const location = Buffer.from(to.replace(/[\t\n]/g, '')).toString('latin1');
      response.writeHead(Number(pathname.slice(1)) || 404, { location }).end();
    }
  });
});

afterAll(async () => {
  await Promise.all([canary.close(), site.close()]);
});

/** Addresses that lead to this machine, a private net, a cloud's metadata, or somewhere that is no web page. PORT is the canary's. */
const ADDRESSES = [
  // This machine, in every spelling that folds to 127.0.0.1.
  ...['127.0.0.1', '127.1', '127.0.1', '0177.0.0.1', '0x7f.0.0.1', '0x7f.1', '0x7f000001', '2130706433'],
  ...[
    '017700000001',
    '127.0.0.1.',
    '127。0。0。1',
    '①②⑦.⓪.⓪.①',
    '１２７.０.０.１',
    '127%2e0%2e0%2e1',
    '127.0.0.2',
    '127.255.255.254',
  ],
  ...[
    '0',
    '0.0.0.0',
    '0x0',
    '00000000',
    'localhost',
    'LOCALHOST',
    'LOCALHOST.',
    'x.localhost',
    'a.b.localhost.',
  ],
  ...[
    'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
    'localhost.localdomain',
    'localhost%2elocaldomain',
    'printer.local',
    'db.internal',
    'home.arpa',
    'nas.lan',
  ],
  // IPv6 that is, carries or reaches an inner address.
  ...[
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::127.0.0.1]',
    '[::7f00:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
  ],
  ...[
    '[::ffff:a9fe:a9fe]',
    '[::ffff:10.0.0.1]',
    '[::ffff:0:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b::127.0.0.1]',
  ],
  ...[
    '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]',
    '[2002:a9fe:a9fe::1]',
    '[2001:0:7f00:1::]',
    '[2001:db8::1]',
    '[100::1]',
  ],
  ...[
    '[fe80::1]',
    '[febf::1]',
    '[fec0::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[ff02::1]',
    '[3fff::1]',
    '[5f00::1]',
  ],
  // Private nets, link-local, carrier, reserved.
  ...[
    '10.0.0.1',
    '10.255.255.255',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.168.1.254',
    '169.254.169.254',
  ],
  ...[
    '169.254.170.2',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '100.64.0.1',
    '100.100.100.200',
    '192.0.0.192',
  ],
  ...['192.0.0.1', '192.0.2.1', '198.18.0.1', '198.19.255.254', '198.51.100.1', '203.0.113.1', '192.88.99.1'],
  ...['224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255', '0.0.0.1', '0.255.255.255'],
  ...[
    'metadata.google.internal',
    'METADATA.GOOGLE.INTERNAL.',
    'metadata',
    'kubernetes.default.svc.cluster.local',
    'postgres',
  ],
].flatMap((host) => [`http://${host}/`, `http://${host}:PORT/`]);

const SPELLINGS = [
  'https://127.0.0.1/',
  'http://a.com@127.0.0.1/',
  'http://a.com@127.0.0.1:PORT/',
  'http://a.com:80@127.0.0.1:80/',
  'http://a.com:80@127.0.0.1:PORT/',
  'http://:@127.0.0.1:PORT/',
  'http://127.0.0.1#@a.com/',
  'http://127.0.0.1:PORT#@a.com/',
  'http://127.0.0.1\\@a.com/',
  'http://127.0.0.1:PORT\\@a.com/',
  'http://1.1.1.1 &@127.0.0.1:PORT# @a.com/',
  'http://user:password@example.com/',
  'http:127.0.0.1',
  'http:\\\\127.0.0.1\\',
  'http:/127.0.0.1:PORT/',
  'http:///127.0.0.1:PORT/',
  '\thttp://127.0.0.1:PORT/\n',
  'ht\ntp://127.0.0.1:PORT/',
  'HTTP://127.0.0.1:PORT/',
  '//127.0.0.1:PORT/',
  '127.0.0.1:PORT',
  'localhost:PORT',
  '',
  'http://',
  'http://[::1',
  'http://127.0.0.1:99999/',
  'gopher://127.0.0.1:PORT/_GET',
  'file:///etc/passwd',
  'file://127.0.0.1/etc/passwd',
  'ftp://127.0.0.1:PORT/',
  'data:text/html,<p>hello',
  'jar:http://127.0.0.1:PORT/a.jar!/',
  'javascript:alert(1)',
  'blob:http://127.0.0.1:PORT/1',
  'ws://127.0.0.1:PORT/',
  'dict://127.0.0.1:PORT/',
  'ldap://127.0.0.1:PORT/',
  'about:blank',
  ...['0', '22', '25', '5432', '6379', '8080', '8443', '65535'].map((port) => `http://example.com:${port}/`),
];

const CASES = [...ADDRESSES, ...SPELLINGS];
const here = (address: string) => address.replaceAll('PORT', String(canary.port));

async function faultOf(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => new Error('It was fetched'),
    (fault: unknown) => fault,
  );
  expect(error).toBeInstanceOf(AppError);
  return error as AppError;
}

/** The system's resolver must not decide these: every name here leads to the canary's machine. */
const toLoopback: Resolve = async () => [{ address: '127.0.0.1', family: 4 }];

describe('an address that is not public', () => {
  it.each(CASES)('is refused: %j', async (address) => {
    const fault = await faultOf(fetchPage(here(address), { resolve: toLoopback }));
    expect(fault.code).toBe('invalid');
    expect(fault.message.length).toBeGreaterThan(20);
    expect(canary.seen()).toBe(0);
  });

  it.each(CASES.filter((address) => address !== ''))('is refused behind a redirect: %j', async (address) => {
    const to = encodeURIComponent(here(address));
    // A relative address would lead back to the site that redirects, which the test may reach.
    const loops = URL.parse(here(address), `http://${site.host}/`)?.host === site.host;
    const fault = await faultOf(
      fetchPage(`http://${site.host}/302?to=${to}`, {
        resolve: toLoopback,
        testHosts: [site.host],
        maxRedirects: 2,
      }),
    );
    if (!loops) expect(fault.code).toBe('invalid');
    expect(canary.seen()).toBe(0);
  });

  it.each([301, 303, 307, 308])('is refused behind a %i', async (status) => {
    const fault = await faultOf(
      fetchPage(`http://${site.host}/${status}?to=http://127.0.0.1:${canary.port}/`, {
        testHosts: [site.host],
      }),
    );
    expect(fault.code).toBe('invalid');
    expect(canary.seen()).toBe(0);
  });

  it('is told but not followed when a page refreshes to it', async () => {
    const page = await fetchPage(`http://${site.host}/refresh?to=http://127.0.0.1:${canary.port}/x`, {
      testHosts: [site.host],
    });
    expect(page.refreshTo).toBe(`http://127.0.0.1:${canary.port}/x`);
    expect(page.hops).toHaveLength(1);
    expect(canary.seen()).toBe(0);
  });
});

describe('a public name', () => {
  const v4 = (address: string): Address => ({ address, family: 4 });
  const v6 = (address: string): Address => ({ address, family: 6 });

  it.each([
    ['one private address', [v4('127.0.0.1')]],
    ['a public and a private address', [v4('93.184.215.14'), v4('127.0.0.1')]],
    ['a private address after many public ones', [...Array(9).fill(v4('1.1.1.1')), v4('10.0.0.1')]],
    ['only a private IPv6 address', [v6('fd00:ec2::254')]],
    ['IPv6 loopback', [v6('::1')]],
    ['a mapped loopback', [v6('::ffff:127.0.0.1')]],
    ['the metadata address', [v4('169.254.169.254')]],
    ['something that is no address', [v4('not an address')]],
    ['a link-local address with a zone', [v6('fe80::1%lo')]],
  ])('that resolves to %s is refused', async (_words, addresses) => {
    const fault = await faultOf(fetchPage('http://news.example.com/', { resolve: async () => addresses }));
    expect(fault).toMatchObject({ code: 'invalid', details: { reason: 'private' } });
    expect(canary.seen()).toBe(0);
  });

  it('is resolved once a hop and its connection goes to what was checked, though a second answer is private', async () => {
    const asked: string[] = [];
    const rebinding: Resolve = async (name) => {
      asked.push(name);
      // The checked answer is this test's own site, the later one the canary's machine by another address.
      return asked.length === 1 ? [v4('127.0.0.1')] : [v4('127.0.0.9')];
    };
    const name = `rebind.example.com:${site.port}`;
    const page = await fetchPage(`http://${name}/refresh?to=/`, { resolve: rebinding, testHosts: [name] });
    expect(page.html).toContain('Moved');
    expect(asked).toEqual(['rebind.example.com']);
  });

  it('is judged anew at each redirect, so that a second, private answer is refused', async () => {
    let asked = 0;
    const name = `rebind.example.com:${site.port}`;
    const rebinding: Resolve = async () => {
      asked += 1;
      return [v4('127.0.0.1')];
    };
    const fault = await faultOf(
      fetchPage(`http://${name}/302?to=http://rebind.example.com/`, {
        resolve: rebinding,
        testHosts: [name],
      }),
    );
    expect(fault).toMatchObject({ code: 'invalid', details: { reason: 'private' } });
    expect(asked).toBe(2);
    expect(canary.seen()).toBe(0);
  });

  it('that nobody knows is told so', async () => {
    const fault = await faultOf(
      fetchPage('http://nobody.example.com/', {
        resolve: async () => {
          throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
        },
      }),
    );
    expect(fault.message).toContain('There is no site called nobody.example.com');
  });

  it('whose name server fails is told to be tried again', async () => {
    const fault = await faultOf(
      fetchPage('http://slow.example.com/', {
        resolve: async () => {
          throw Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' });
        },
      }),
    );
    expect(fault.code).toBe('unavailable');
  });
});

it('tries every row of the matrix directly and behind a redirect', () => {
  expect(CASES.length).toBeGreaterThan(120);
  expect(new Set(CASES).size).toBe(CASES.length);
});
