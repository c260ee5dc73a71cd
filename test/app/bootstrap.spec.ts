import { bootstrapWarnings, loadBootstrapFile, storedByBootstrap } from '../support/bootstrapping.js';
import { rowsOf } from '../support/stored-rows.js';
import { basic, TestApp } from '../support/test-app.js';

const service = {
  client_id: 'service',
  client_secret: 'the first secret, which is long enough',
  grant_types: ['client_credentials'],
  scope: 'notes',
};
const content = {
  users: [{ email: 'ada@example.com', password: 'correct horse', name: 'Ada' }],
  clients: [service],
  scopes: [{ name: 'notes', description: 'Read your notes' }],
};

let app: TestApp;

beforeEach(async () => {
  app = await TestApp.start();
});
afterEach(() => app.stop());

const load = (content: object, node = app) => loadBootstrapFile(node, content);
const stored = () => storedByBootstrap(app);

function askForToken(secret: string): Promise<Response> {
  return app.post('/oauth/token', { grant_type: 'client_credentials' }, basic('service', secret));
}

describe('a bootstrap file', () => {
  it('A bootstrap file brings end users, clients and scopes, and its secrets are stored as digests and argon2id alone', async () => {
    await load(content);
    const token = await askForToken(service.client_secret);
    expect(token.status).toBe(200);
    expect(await token.json()).toMatchObject({ scope: 'notes' });
    const text = JSON.stringify(await stored());
    expect(text).toContain('$argon2id$');
    expect(text).not.toMatch(/correct horse|the first secret/);
  });

  it('A bootstrap file changes nothing when it is loaded again', async () => {
    await load(content);
    const before = await stored();
    await load(content);
    expect(await stored()).toEqual(before);
  });

  it('A bootstrap file changes what differs: a name, a password, a scope, and the secrets that a client has', async () => {
    await load(content);
    const second = 'the second secret, which is long enough';
    await load({
      users: [{ ...content.users[0], password: 'battery staple', name: 'Ada L.' }],
      clients: [{ ...service, client_secret: second }],
      scopes: [{ name: 'notes', description: 'Read all your notes' }],
    });
    expect((await askForToken(second)).status).toBe(200);
    expect((await askForToken(service.client_secret)).status).toBe(401);
    const text = JSON.stringify(await stored());
    expect(text).toContain('Ada L.');
    expect(text).toContain('Read all your notes');
  });

  it('A bootstrap file may give several secrets, which are all good', async () => {
    const { client_secret, ...rest } = service;
    await load({ ...content, clients: [{ ...rest, client_secrets: [client_secret, 'the other one'] }] });
    expect((await askForToken(client_secret)).status).toBe(200);
    expect((await askForToken('the other one')).status).toBe(200);
  });

  it('Nothing of a bootstrap file is stored when a scope of one client does not exist', async () => {
    const before = await stored();
    const loading = load({ ...content, clients: [service, { ...service, client_id: 'other', scope: 'notes stars' }] });
    await expect(loading).rejects.toThrow('clients[1].scope: names stars, which is no scope here');
    expect(await stored()).toEqual(before);
  });

  it('A bootstrap file may be loaded by nodes that start at the same time', async () => {
    const node = await app.startNode();
    await Promise.all([load(content), load(content, node), load(content), load(content, node)]);
    expect((await askForToken(service.client_secret)).status).toBe(200);
    expect(await rowsOf(app, 'users')).toMatchObject([{ email: 'ada@example.com' }]);
  });

  it('A start warns of what is allowed and risky in a bootstrap file, and of types that are not on', () => {
    const redirect_uris = ['https://spa.example/'];
    const risky = {
      client_id: 'spa',
      client_secret: 'short',
      redirect_uris,
      grant_types: ['implicit', 'password', 'urn:example:unknown'],
      response_types: ['token', 'id_token'],
      code_challenge_methods: ['plain'],
    };
    const warnings = bootstrapWarnings(app, { clients: [risky] }).join('\n');
    for (const part of [
      'lists implicit',
      'lists password',
      'plain',
      'under 32 characters',
      'grant type urn:example:unknown, which is not on',
      'response type id_token, which is not on',
    ])
      expect(warnings).toContain(part);
    expect(bootstrapWarnings(app, content)).toEqual([]);
  });
});
