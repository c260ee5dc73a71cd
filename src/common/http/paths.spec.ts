import { Issuer } from '../config/issuer.js';
import { Paths } from './paths.js';
import { ROUTES } from './routes.js';

describe('Paths', () => {
  const root = new Paths(new Issuer('https://id.example'));
  const mounted = new Paths(new Issuer('https://id.example/tenant/'));

  it('Paths links to a route from the root of the host where the issuer has no path', () => {
    expect([root.to(ROUTES.signIn), root.to(ROUTES.home)]).toEqual(['/login', '/']);
  });

  it('Paths puts the path of the issuer before every link and every absolute address', () => {
    expect([mounted.to(ROUTES.signIn), mounted.url(ROUTES.token)]).toEqual([
      '/tenant/login',
      'https://id.example/tenant/oauth/token',
    ]);
  });

  it('Paths encodes what it fills in, so that a name adds no segment and no query', () => {
    expect(root.url(ROUTES.linkAccount, { provider: 'a/b?c' })).toBe('https://id.example/auth/a%2Fb%3Fc/link');
  });

  it.each(['/login?a=b', '/%2e%2e/x'])('A server owns the path %s', (path) => {
    expect(root.owns(path)).toBe(true);
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example/', '/a b', '/a\tb', ''])(
    'A server does not own %j, which a browser may take for another origin',
    (path) => {
      expect(root.owns(path)).toBe(false);
    },
  );
});
