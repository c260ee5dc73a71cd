import { networksOf } from './network.js';

describe('the networks of an address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:54321', '203.0.113.9'],
    ['not an address', 'not an address'],
    ['', ''],
  ])('The network of %s is it alone, as %s', (address, network) => {
    expect(networksOf(address)).toEqual([{ name: network, allowance: 1 }]);
  });

  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1:0::/56', '2001:db8:1:0::/48'],
    ['2001:DB8:1:FF02::9', '2001:db8:1:ff02::/64', '2001:db8:1:ff00::/56', '2001:db8:1:0::/48'],
    ['2001:db8::1', '2001:db8:0:0::/64', '2001:db8:0:0::/56', '2001:db8:0:0::/48'],
    ['2001:db8:0:0:1::', '2001:db8:0:0::/64', '2001:db8:0:0::/56', '2001:db8:0:0::/48'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0:0::/56', 'fe80:0:0:0::/48'],
    ['::1', '0:0:0:0::/64', '0:0:0:0::/56', '0:0:0:0::/48'],
    ['[2001:db8:1:2::9]:54321', '2001:db8:1:2::/64', '2001:db8:1:0::/56', '2001:db8:1:0::/48'],
  ])('The networks of %s are %s, %s and %s, each with four times the room', (address, ...names) => {
    const allowances = [1, 4, 16];
    expect(networksOf(address)).toEqual(names.map((name, index) => ({ name, allowance: allowances[index] })));
  });
});
