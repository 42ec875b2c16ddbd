import '@/tests/support/test-environment';
import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { readEnv, setEnv } from '@/env';
import { clientAddress, networkOf } from '@/server/client-address';

/** The address that a request counts as, which came from `peer` with these words of whom it is for. */
function addressOf(trusted: string, peer: string, forwardedFor?: string): string | null {
  setEnv({ TRUSTED_PROXY: trusted });
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  return clientAddress({ headers, socket: { remoteAddress: peer } } as unknown as IncomingMessage);
}

afterEach(() => {
  setEnv({ TRUSTED_PROXY: '' });
});

describe('The address of a client', () => {
  it.each([
    ['nobody is trusted', '', '203.0.113.9', '1.2.3.4', '203.0.113.9'],
    ['nobody is trusted, not even this machine', '', '127.0.0.1', '1.2.3.4', '127.0.0.1'],
    ['no hop is trusted', '0', '127.0.0.1', '1.2.3.4', '127.0.0.1'],
    ['one proxy stands in front', '1', '10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['the client claimed another', '1', '10.0.0.1', '6.6.6.6, 1.2.3.4', '1.2.3.4'],
    ['the client claimed many', '1', '10.0.0.1', '6.6.6.6,7.7.7.7 , 127.0.0.1,1.2.3.4', '1.2.3.4'],
    ['two proxies stand in front', '2', '10.0.0.1', '6.6.6.6, 1.2.3.4, 10.0.0.2', '1.2.3.4'],
    ['the proxy says nothing', '1', '10.0.0.1', undefined, '10.0.0.1'],
    ['the proxy says nonsense', '1', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['the proxy says a name', '1', '10.0.0.1', 'localhost', '10.0.0.1'],
    ['the client claimed nonsense', '2', '10.0.0.1', '<script>, 1.2.3.4', '1.2.3.4'],
    ['a network is trusted', '10.0.0.0/8', '10.0.0.1', '6.6.6.6, 1.2.3.4, 10.9.9.9', '1.2.3.4'],
    ['the peer is not of that network', '10.0.0.0/8', '203.0.113.9', '1.2.3.4', '203.0.113.9'],
    ['networks of both kinds are trusted', '10.0.0.0/8, fd00::/8', 'fd00::1', '2001:db8::7', '2001:db8::7'],
    ['one address is trusted', '10.0.0.1', '10.0.0.2', '1.2.3.4', '10.0.0.2'],
    ['all who are named are trusted', '10.0.0.0/8', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['IPv4 is written in IPv6', '1', '::ffff:10.0.0.1', '::ffff:1.2.3.4', '1.2.3.4'],
    ['IPv4 in IPv6 is of a trusted network', '10.0.0.0/8', '::ffff:10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['ports are named', '1', '10.0.0.1', '1.2.3.4:5678', '1.2.3.4'],
    ['ports are named in IPv6', '1', '10.0.0.1', '[2001:db8::7]:443', '2001:db8::7'],
    ['a number is written as no address is', '1', '10.0.0.1', '2130706433', '10.0.0.1'],
  ])('when %s', (_, trusted, peer, forwardedFor, address) => {
    expect(addressOf(trusted, peer, forwardedFor)).toBe(address);
  });

  it('is never one that the client wrote itself, whatever it wrote', () => {
    const anything = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.constant('127.0.0.1'));
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 6 }), (claimed) => {
        const said = [...claimed, '1.2.3.4'].join(',');
        expect(addressOf('1', '10.0.0.1', said)).toBe('1.2.3.4');
        expect(addressOf('10.0.0.1/32', '10.0.0.1', said)).toBe('1.2.3.4');
        expect(addressOf('', '10.0.0.1', said)).toBe('10.0.0.1');
      }),
      { seed: 11, numRuns: 300 },
    );
  });
});

describe('What is counted together', () => {
  it.each([
    ['1.2.3.4', '1.2.3.4'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['somebody@example.org', 'somebody@example.org'],
  ])('%s counts as %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});

describe('TRUSTED_PROXY', () => {
  it.each(['1', '0', '10.0.0.0/8', '10.0.0.1, fd00::/8', ''])('takes %s', (value) => {
    expect(readEnv({ TRUSTED_PROXY: value }).TRUSTED_PROXY).toBe(value === '' ? undefined : value);
  });

  it.each([
    'true',
    '*',
    '10',
    '-1',
    '10.0.0.0/33',
    'fd00::/129',
    'proxy.example.org',
    '10.0.0.0/8,',
    '10.0.0.0/8/8',
    '10.0.0.0/',
  ])('says what it takes instead of %s', (value) => {
    expect(() => readEnv({ TRUSTED_PROXY: value })).toThrow(/TRUSTED_PROXY: must be how many proxies/);
  });
});
