import { networkOf } from './network-address.js';

describe('the network of an address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:1::', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['203.0.113.9:54321', '203.0.113.9'],
    ['[2001:db8:1:2::9]:54321', '2001:db8:1:2::/64'],
    ['not an address', 'not an address'],
    ['', ''],
  ])('The network of the address %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
