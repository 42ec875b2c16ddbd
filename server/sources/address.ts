import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { AppError } from '../../lib/errors';

/** An IP address that a name stands for. */
export type Address = { readonly address: string; readonly family: 4 | 6 };
/** Gives every address of a name; the system's resolver, or a test's. */
export type Resolve = (hostname: string) => Promise<readonly Address[]>;

/** Asks the system, hosts file included, for every address of a name. */
export const resolveBySystem: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
};

/** Of IPv6, only the block given out for global unicast; in it, what is not the public net all the same. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
const NOT_PUBLIC = [
  ...['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'].map((block) =>
    ipaddr.IPv6.parseCIDR(block),
  ),
];

/**
 * Whether an IP address belongs to the public internet. Addresses that carry an IPv4 address inside (mapped, compatible,
 * NAT64, 6to4, Teredo) do not, apart from IPv4-mapped ones, which are judged by what they carry.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  if (!(parsed instanceof ipaddr.IPv6)) return true;
  if (parsed.zoneId) return false;
  return parsed.match(GLOBAL_UNICAST) && !NOT_PUBLIC.some((block) => parsed.match(block));
}

/** UTF-16 units that an address may have. */
const LONGEST = 8_000;

/** Names that stand for this machine, its network or a cloud's own services, whatever they resolve to. */
const INNER_NAMES =
  /(?:^|\.)(?:localhost|localdomain|internal|local|lan|intranet|corp|home|private|home\.arpa|onion)$/;

function refuse(message: string, reason: string): never {
  throw new AppError('invalid', message, { details: { reason } });
}

const NOT_PUBLIC_ADVICE =
  'Only pages on the public internet can be fetched. Open it in your browser and paste its text instead.';

/**
 * Reads an address that a person typed or a site redirected to, and refuses what no article stands at. Host names are
 * judged as the WHATWG URL parser folds them, never as typed.
 * @throws AppError `invalid` when it is no http(s) address, has a user name, another port than 80 and 443, or a name
 * that is not public.
 */
export function readAddress(input: string, testHosts: readonly string[]): URL {
  const url = input.length > LONGEST ? null : URL.parse(input.trim());
  if (url === null || url.hostname === '')
    refuse('This is not a web address. It should look like https://example.com/article.', 'address');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    refuse(`Only http and https addresses can be fetched, not ${url.protocol.slice(0, 20)}`, 'scheme');
  if (url.username !== '' || url.password !== '')
    refuse('This address has a user name or password in it. Remove the part before the @.', 'userinfo');
  url.hash = '';
  if (testHosts.includes(url.host)) return url;
  if (url.port !== '') refuse(`Only the web's own ports can be fetched, not port ${url.port}.`, 'port');
  const name = url.hostname.replace(/\.$/, '');
  if (INNER_NAMES.test(name)) refuse(`This address is not public. ${NOT_PUBLIC_ADVICE}`, 'private');
  if ((!name.includes('.') && !name.startsWith('[')) || name.includes('..') || name.endsWith('.'))
    refuse(`“${name.slice(0, 80)}” is not a public name. ${NOT_PUBLIC_ADVICE}`, 'private');
  return url;
}

/**
 * Every IP address of a checked URL, all of them public: the only ones its connection may go to. One that is not public
 * refuses the whole name.
 * @throws AppError `invalid` when an address is not public or the name is unknown; `unavailable` when the resolver fails.
 */
export async function publicAddresses(
  url: URL,
  testHosts: readonly string[],
  resolve: Resolve,
): Promise<readonly Address[]> {
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  const found =
    isIP(literal) !== 0
      ? [{ address: literal, family: literal.includes(':') ? (6 as const) : (4 as const) }]
      : await resolveName(url.hostname, resolve);
  const trusted = testHosts.includes(url.host);
  if (!trusted && !found.every(({ address }) => isPublicAddress(address)))
    refuse(`This address is not public. ${NOT_PUBLIC_ADVICE}`, 'private');
  return found;
}

async function resolveName(hostname: string, resolve: Resolve): Promise<readonly Address[]> {
  try {
    const found = await resolve(hostname);
    if (found.length > 0) return found;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code !== 'ENOTFOUND' && code !== 'ENODATA' && code !== 'EAI_NODATA')
      throw new AppError(
        'unavailable',
        `The name ${hostname} could not be looked up just now. Try again in a minute.`,
        {
          cause,
          details: { reason: 'dns' },
        },
      );
  }
  return refuse(`There is no site called ${hostname}. Check the address for typing mistakes.`, 'dns');
}
