import { describe, expect, it } from 'vitest';
import { isPublicAddress, readAddress } from '@/server/sources/address';

const REFUSED = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.100.100.200', '127.0.0.1'],
  ...['127.255.255.254', '169.254.0.1', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.0.0.192'],
  ...['192.0.2.1', '192.88.99.1', '192.168.0.1', '192.168.255.255', '198.18.0.1', '198.19.255.255'],
  ...['198.51.100.7', '203.0.113.7', '224.0.0.1', '239.1.2.3', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::7f00:1', '::127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:a9fe:a9fe'],
  ...[
    '::ffff:10.0.0.1',
    '::ffff:0:7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '100::1',
    '2001:0:7f00:1::',
  ],
  ...['2001:2::1', '2001:10::1', '2001:20::1', '2001:db8::1', '2002:7f00:1::', '2002:a9fe:a9fe::', '3fff::1'],
  ...[
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '2620:4f:8000::1',
  ],
  ...['', 'example.com', '1.2.3', '1.2.3.4.5', '2606:4700::1%eth0'],
];

const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '93.184.215.14',
  '172.32.0.1',
  '192.169.0.1',
  '::ffff:8.8.8.8',
  '2606:4700:4700::1111',
];

describe('isPublicAddress', () => {
  it.each(REFUSED)('refuses %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(PUBLIC)('lets %s pass', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('readAddress', () => {
  it('gives an address without its fragment', () => {
    expect(readAddress(' https://example.com/a?b=c#part ', []).href).toBe('https://example.com/a?b=c');
  });

  it('lets the ports of the web pass, written or not', () => {
    expect(readAddress('http://example.com:80/', []).href).toBe('http://example.com/');
    expect(readAddress('https://example.com:443/', []).href).toBe('https://example.com/');
  });

  it('says what is wrong with an address', () => {
    expect(() => readAddress('not an address', [])).toThrow('not a web address');
    expect(() => readAddress('ftp://example.com/', [])).toThrow('Only http and https');
    expect(() => readAddress('https://me:secret@example.com/', [])).toThrow('user name or password');
    expect(() => readAddress('https://example.com:8443/', [])).toThrow('port 8443');
    for (const name of ['wiki', 'example.com..', 'a..b.com'])
      expect(() => readAddress(`https://${name}/`, [])).toThrow('not a public name');
    expect(() => readAddress(`https://example.com/${'a'.repeat(9_000)}`, [])).toThrow('not a web address');
  });

  it('opens the test hole for exactly the host and port named', () => {
    expect(readAddress('http://127.0.0.1:4001/x', ['127.0.0.1:4001']).port).toBe('4001');
    expect(() => readAddress('http://127.0.0.1:4002/x', ['127.0.0.1:4001'])).toThrow('port 4002');
    expect(() => readAddress('http://user@127.0.0.1:4001/', ['127.0.0.1:4001'])).toThrow('user name');
  });
});
