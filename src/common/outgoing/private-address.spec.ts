import { isPrivateAddress } from './private-address.js';

describe('isPrivateAddress', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:a00:1',
    '::7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '2001::7f00:1',
    'fd00::1',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    '192.0.2.1',
    '192.88.99.1',
    '198.51.100.1',
    '203.0.113.1',
    '::ffff:0:a00:1',
    '100::1',
    '2001:db8::1',
    '2002:a00:1::1',
    '3fff::1',
    '4000::1',
  ])('A private address is told from a public one: %s', (address) => expect(isPrivateAddress(address)).toBe(true));

  it.each(['1.1.1.1', '140.82.121.4', '172.32.0.1', '2606:4700::1111', '2001:4860:4860::8888', '::ffff:1.1.1.1'])(
    'A public address is not taken for a private one: %s',
    (address) => expect(isPrivateAddress(address)).toBe(false),
  );
});
