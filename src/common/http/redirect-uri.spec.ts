import { isLoopback, redirectUriMatches } from './redirect-uri.js';

describe('a redirect URI matches', () => {
  it('A redirect URI matches the very same text', () => {
    expect(redirectUriMatches('https://app.example.com/cb', 'https://app.example.com/cb')).toBe(true);
  });

  it.each([
    ['http://127.0.0.1/cb', 'http://127.0.0.1:51004/cb'],
    ['http://127.0.0.1:3000/cb', 'http://127.0.0.1:51004/cb'],
    ['http://127.0.0.1:3000/cb', 'http://127.0.0.1/cb'],
    ['http://[::1]/cb?a=b', 'http://[::1]:51004/cb?a=b'],
    ['http://localhost:3000/cb', 'http://localhost:51004/cb'],
    ['http://127.0.0.1', 'http://127.0.0.1:51004'],
  ])('A redirect URI matches any port of the loopback interface (RFC 8252 7.3): %s, %s', (registered, given) => {
    expect(redirectUriMatches(registered, given)).toBe(true);
  });

  it.each([
    ['another path', 'https://app.example.com/cb', 'https://app.example.com/cb/'],
    ['a longer path', 'https://app.example.com/cb', 'https://app.example.com/cb/../evil'],
    ['more query', 'https://app.example.com/cb', 'https://app.example.com/cb?next=evil'],
    ['another case', 'https://app.example.com/cb', 'https://APP.example.com/cb'],
    ['the default port spelt out', 'https://app.example.com/cb', 'https://app.example.com:443/cb'],
    ['another port elsewhere', 'http://app.example.com:80/cb', 'http://app.example.com:81/cb'],
    ['a sibling host', 'https://app.example.com/cb', 'https://app.example.com.evil.example/cb'],
    ['another loopback name', 'http://127.0.0.1/cb', 'http://localhost/cb'],
    ['https on loopback with another port', 'https://localhost:1/cb', 'https://localhost:2/cb'],
    ['a loopback with another path', 'http://127.0.0.1/cb', 'http://127.0.0.1:51004/cb2'],
    ['a host that starts like loopback', 'http://127.0.0.1/cb', 'http://127.0.0.1.evil.example/cb'],
    ['a loopback in the user name', 'http://127.0.0.1', 'http://127.0.0.1:80@evil.example'],
    ['a loopback port that cannot be', 'http://127.0.0.1/cb', 'http://127.0.0.1:99999/cb'],
    ['a loopback with a fragment', 'http://127.0.0.1/cb', 'http://127.0.0.1:1/cb#x'],
  ])('A redirect URI matches nothing else: %s', (_, registered, given) => {
    expect(redirectUriMatches(registered, given)).toBe(false);
  });
});

describe('a program on the own machine', () => {
  it('A program on the own machine is told from a site', () => {
    expect(isLoopback('http://127.0.0.1:51004/cb')).toBe(true);
    expect(isLoopback('http://localhost/cb')).toBe(true);
    expect(isLoopback('http://localhost.evil.example/cb')).toBe(false);
  });
});
