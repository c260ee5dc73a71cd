import { basic, TestApp } from '../support/test-app.js';

const NO_SNIFF = 'nosniff';

describe('an answer', () => {
  let app: TestApp;
  let mounted: TestApp;
  beforeAll(async () => {
    [app, mounted] = await Promise.all([TestApp.start({ demo: true }), TestApp.start({ mountPath: '/tenant.a' })]);
  });
  afterAll(() => Promise.all([app.stop(), mounted.stop()]));

  it.each([
    ['GET', '/'],
    ['GET', '/login'],
    ['GET', '/login/'],
    ['GET', '/LOGIN?a=b'],
    ['GET', '/assets/gatehouse.css'],
    ['GET', '/auth/nobody/callback'],
    ['GET', '/oauth/authorize'],
    ['GET', '/oauth/authorizations'],
    ['POST', '/oauth/token'],
    ['OPTIONS', '/oauth/token'],
    ['POST', '/oauth/introspect'],
    ['POST', '/oauth/revoke'],
    ['GET', '/oauth/userinfo'],
    ['GET', '/oauth/jwks'],
    ['HEAD', '/oauth/jwks'],
    ['GET', '/.well-known/openid-configuration'],
    ['GET', '/.well-known/oauth-authorization-server'],
    ['GET', '/health/live'],
    ['GET', '/health/ready'],
    ['GET', '/playground'],
    ['GET', '/api/me'],
    ['GET', '/nowhere'],
  ])('An answer to %s %s says that its type is not to be guessed', async (method, path) => {
    const { headers } = await fetch(app.url + path, { method, redirect: 'manual', headers: basic('nobody', 'x') });
    expect(headers.get('x-content-type-options')).toBe(NO_SNIFF);
  });

  it('An answer below a mount path says that its type is not to be guessed', async () => {
    const jwks = await mounted.get('/tenant.a/oauth/jwks');
    expect([jwks.status, jwks.headers.get('x-content-type-options')]).toEqual([200, NO_SNIFF]);
  });
});
