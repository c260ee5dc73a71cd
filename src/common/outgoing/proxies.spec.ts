import { Proxies } from './proxies.js';
import { proxyAddress } from './proxy-address.js';

const proxied = (address: string, noProxy = '') =>
  new Proxies({ httpsProxy: 'http://secure:1', httpProxy: 'plain:2', noProxy }).for(new URL(address))?.host;

describe('Proxies', () => {
  it('Proxies are chosen by the scheme of what is called, and are http where they say no scheme', () => {
    expect([proxied('https://a.test/'), proxied('http://a.test/')]).toEqual(['secure:1', 'plain:2']);
    expect(new Proxies({ httpsProxy: '', httpProxy: '', noProxy: '' }).for(new URL('https://a.test'))).toBeUndefined();
  });

  it.each(['http://localhost:8/', 'https://id.localhost/', 'http://127.3.2.1/', 'https://[::1]:8443/'])(
    'Proxies are left out for this machine itself: %s',
    (address) => expect(proxied(address)).toBeUndefined(),
  );

  it.each([
    ['*', 'https://any.test/'],
    ['a.test', 'https://a.test/'],
    ['a.test', 'https://deep.below.A.test./'],
    ['.a.test', 'https://below.a.test/'],
    ['*.a.test', 'https://below.a.test/'],
    ['x.test, a.test', 'https://a.test/'],
    ['x.test a.test', 'https://a.test/'],
    ['A.Test:443', 'https://a.test/'],
    ['a.test:8443', 'https://a.test:8443/'],
    ['a.test:80', 'http://a.test/'],
    ['10.0.0.0/8', 'https://10.20.30.40/'],
    ['10.1.2.3', 'https://10.1.2.3/'],
    ['10.0.0.0/8:8443', 'https://10.1.1.1:8443/'],
    ['fd00::/8', 'https://[fd12::1]/'],
    ['fd12::1', 'https://[fd12::1]/'],
    ['[fd12::1]:8443', 'https://[fd12::1]:8443/'],
  ])('Proxies are left out by the exception "%s" for %s', (noProxy, address) => {
    expect(proxied(address, noProxy)).toBeUndefined();
  });

  it.each([
    ['a.test', 'https://nota.test/'],
    ['a.test', 'https://a.test.example/'],
    ['a.test:8443', 'https://a.test/'],
    ['10.0.0.0/8', 'https://11.0.0.1/'],
    ['10.0.0.0/8', 'https://ten.test/'],
    ['10.0.0.0/33', 'https://10.0.0.1/'],
    ['fd00::/8', 'https://10.0.0.1/'],
    ['[fd12::1]:8443', 'https://[fd12::1]/'],
    [',, ', 'https://a.test/'],
  ])('Proxies are not left out by the exception "%s" for %s', (noProxy, address) => {
    expect(proxied(address, noProxy)).toBe('secure:1');
  });

  it.each(['socks5://proxy:1080', 'http://', 'http://me:50%off@proxy:1', 'not a proxy', ''])(
    'Proxies cannot be at "%s"',
    (text) => {
      expect(proxyAddress(text)).toBeUndefined();
    },
  );
});
