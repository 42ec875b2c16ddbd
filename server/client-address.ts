import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import { env } from '../env';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
/** Which peers may say for whom they ask: so many hops, or those in these networks. */
type Trust = { readonly hops: number } | { readonly networks: readonly [Address, number][] };

/** Reads an address as a proxy writes it: with a port or brackets, IPv4 inside IPv6. `null` when it is none. */
function readAddress(text: string): Address | null {
  const bare = text.trim().replace(/^\[([^\]]+)\](?::\d+)?$/, '$1');
  const [host = ''] = /^[^:]+:\d+$/.test(bare) ? bare.split(':') : [bare];
  return ipaddr.isValid(host) && (host.includes(':') || ipaddr.IPv4.isValidFourPartDecimal(host))
    ? ipaddr.process(host)
    : null;
}

function readTrust(setting: string | undefined): Trust {
  if (setting === undefined) return { hops: 0 };
  if (/^\d+$/.test(setting)) return { hops: Number(setting) };
  const networks = setting.split(',').map((part): [Address, number] => {
    const text = part.trim();
    if (text.includes('/')) return ipaddr.parseCIDR(text);
    const address = ipaddr.parse(text);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  });
  return { networks };
}

const isIn = (address: Address, networks: readonly [Address, number][]) =>
  networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));

/**
 * The address a request really comes from. X-Forwarded-For counts only as far as TRUSTED_PROXY reaches: each proxy
 * writes its peer at the end, and whatever stands before the first peer that is not trusted was said by a stranger.
 */
export function clientAddress(request: Pick<IncomingMessage, 'headers' | 'socket'>): string | null {
  const peer = readAddress(request.socket.remoteAddress ?? '');
  if (peer === null) return null;
  const trust = readTrust(env().TRUSTED_PROXY);
  const said = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').reverse();
  let client = peer;
  for (const [hop, text] of said.entries()) {
    const believed = 'hops' in trust ? hop < trust.hops : isIn(client, trust.networks);
    const next = believed ? readAddress(text) : null;
    if (next === null) break;
    client = next;
  }
  return client.toString();
}

/** What limits count by: an IPv4 address, or the /64 network of an IPv6 one, all of which one household has. */
export function networkOf(ip: string): string {
  if (!ipaddr.IPv6.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  return `${(address as ipaddr.IPv6).parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}
