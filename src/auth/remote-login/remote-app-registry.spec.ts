import { Issuer } from '../../common/config/issuer.js';
import type { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import type { Registries } from '../../common/extension/registries.js';
import { completeOidcApp } from './protocols/oidc/oidc-app.js';
import { RemoteAppRegistry } from './remote-app-registry.js';

const app = { name: 'corp', clientId: 'a', clientSecret: 'b', issuer: 'http://corp.test', responseMode: 'form_post' };

/** A registry of one app on a server of this issuer. */
function registryAt(issuer: string, settings: object = app): RemoteAppRegistry {
  const decorated = { with: () => [] } as unknown as DecoratedProviders;
  const registries = { of: () => ({ entries: [['oidc', { complete: completeOidcApp }]] }) } as unknown as Registries;
  return new RemoteAppRegistry({ apps: [settings as never] }, decorated, new Issuer(issuer), registries);
}

describe('The registry of remote apps', () => {
  it('The registry refuses an answer that is posted to a server without https, whose cookie no browser would send', async () => {
    await expect(registryAt('http://id.example.com').onApplicationBootstrap()).rejects.toThrow(
      /corp\.responseMode is form_post, which needs a cookie that browsers take over https alone; give this server an https issuer/,
    );
  });

  it.each([
    ['https://id.example.com', { ...app, issuer: 'https://corp.test' }],
    ['http://localhost:3000', app],
    ['http://id.example.com', { ...app, responseMode: 'query' }],
  ])('The registry takes an app at %s with %j', async (issuer, settings) => {
    const registry = registryAt(issuer, settings);
    await registry.onApplicationBootstrap();
    expect(registry.all().map(({ name }) => name)).toEqual(['corp']);
  });
});
