import { RemoteAppRegistry } from 'gatehouse';
import { eventually } from '../support/eventually.js';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { LogLines } from '../support/log-lines.js';
import { TestApp } from '../support/test-app.js';

describe('A server that starts', () => {
  let provider: FakeOidcProvider;
  let app: TestApp | undefined;
  let log: LogLines;
  beforeAll(async () => {
    provider = await FakeOidcProvider.start();
  });
  afterAll(() => provider?.stop());
  beforeEach(() => {
    provider.reset();
    log = LogLines.of('warn');
  });
  afterEach(async () => {
    await app?.stop();
    log.restore();
  });

  const startWith = async (issuer: string) => {
    app = await TestApp.start({ remoteApps: [{ ...provider.settings('corp'), issuer }] });
  };
  const warnings = () => log.lines.filter((line) => line.includes('corp cannot be discovered'));

  it('A server warns at the start of an issuer that the provider spells otherwise, with both spellings', async () => {
    const [set, said] = [`${provider.issuer}/realm`, `${provider.issuer}/realm/`];
    provider.server.routes.set('/realm/.well-known/openid-configuration', () => ({
      body: { ...provider.metadata, issuer: said },
    }));
    await startWith(set);
    await eventually(async () => expect(warnings()).toHaveLength(1));
    expect(warnings()[0]).toContain(
      `the issuer is set to "${set}" and the provider spells it "${said}"; set it to that`,
    );
  });

  it('A server warns at the start of a provider that does not answer, and starts all the same', async () => {
    await startWith(`${provider.issuer}/nowhere`);
    await eventually(async () => expect(warnings()).toHaveLength(1));
    expect(warnings()[0]).toContain('nobody can sign in there until it answers at its issuer');
    expect((await (app as TestApp).get('/health/ready')).status).toBe(200);
  });

  it('A server warns of a provider that is registered while it runs and cannot be discovered', async () => {
    app = await TestApp.start();
    const issuer = `${provider.issuer}/nowhere`;
    await app.port(RemoteAppRegistry).register({ ...provider.settings('corp'), issuer });
    await eventually(async () => expect(warnings()).toHaveLength(1));
  });

  it('A server says nothing of a provider that is as it is set', async () => {
    await startWith(provider.issuer);
    await eventually(async () =>
      expect(provider.server.requests.map(({ url }) => url.pathname)).toContain('/.well-known/openid-configuration'),
    );
    expect(warnings()).toEqual([]);
  });
});
