import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { ForwardProxy } from '../support/forward-proxy.js';
import { signInAt } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';

describe('A server behind a proxy for what it calls', () => {
  let provider: FakeOidcProvider;
  let proxy: ForwardProxy;
  beforeAll(async () => {
    [provider, proxy] = await Promise.all([FakeOidcProvider.start(), ForwardProxy.start()]);
  });
  afterAll(async () => {
    await provider?.stop();
    await proxy?.stop();
  });
  afterEach(() => {
    delete process.env.http_proxy;
    delete process.env.HTTP_PROXY;
    delete process.env.NO_PROXY;
    proxy.asked.length = 0;
  });

  it.each(['HTTP_PROXY', 'http_proxy'])(
    'A sign-in goes by way of the proxy that %s names, with its credentials',
    async (name) => {
      process.env[name] = `http://user:secret@${proxy.address}`;
      const app = await TestApp.start({ remoteApps: [provider.settings('corp')] });
      expect((await signInAt(app.browser(), '/auth/corp')).status).toBe(303);
      await app.stop();
      const called = ['/.well-known/openid-configuration', '/jwks', '/token', '/userinfo'];
      const asked = proxy.asked.map((line) => line.replace(/^\w+ /, ''));
      expect(new Set(asked)).toEqual(new Set(called.map((path) => provider.issuer + path)));
    },
  );

  it.each(['localhost', '*', '.example.com,localhost'])(
    'A sign-in goes straight where NO_PROXY is %s',
    async (hosts) => {
      process.env.HTTP_PROXY = `http://${proxy.address}`;
      process.env.NO_PROXY = hosts;
      const app = await TestApp.start({ remoteApps: [provider.settings('corp')] });
      expect((await signInAt(app.browser(), '/auth/corp')).status).toBe(303);
      await app.stop();
      expect(proxy.asked).toEqual([]);
    },
  );
});
