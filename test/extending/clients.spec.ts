import { Clients, InvalidClientMetadataError } from 'gatehouse';
import { eventually } from '../support/eventually.js';
import { hearingEvents } from '../support/heard-events.js';
import { basic, TestApp } from '../support/test-app.js';

describe('Clients that an application registers in code', () => {
  const { module, heard } = hearingEvents();
  let app: TestApp;
  let other: TestApp;
  let clients: Clients;
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [module] });
    other = await app.startNode();
    clients = app.port(Clients);
  });
  afterAll(() => app?.stop());
  beforeEach(() => void heard());

  const service = (client_id: string) => ({ client_id, grant_types: ['client_credentials'], scope: 'profile' });
  const tokenAt = (node: TestApp, id: string, secret = '') =>
    node.post('/oauth/token', { grant_type: 'client_credentials' }, basic(id, secret));
  const statusAt = async (node: TestApp, id: string, secret = '') => (await tokenAt(node, id, secret)).status;
  const refusal = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(() => undefined).catch((thrown: unknown) => thrown);
    return error instanceof InvalidClientMetadataError ? error.description : error;
  };

  it('A client that is created without a secret is given one, which works at every node at once', async () => {
    const { client, secret } = await clients.create(service('reports'));
    expect(client).toMatchObject({ clientId: 'reports', problem: undefined, disabledAt: undefined });
    expect(client.metadata).toMatchObject({ grant_types: ['client_credentials'], response_types: [] });
    expect(await statusAt(other, 'reports', secret)).toBe(200);
    expect(JSON.stringify(await clients.find('reports'))).not.toContain(secret);
    expect(heard()).toContainEqual({ type: 'client.changed', clientId: 'reports' });
  });

  it('A client id is made where none is given, and one that is taken is refused', async () => {
    const { client } = await clients.create({ grant_types: ['client_credentials'] });
    expect(client.clientId).toMatch(/^[\w-]{43}$/);
    expect(await refusal(clients.create(service(client.clientId)))).toMatch(/is taken; choose another$/);
  });

  it('Clients keep the rules of a bootstrap file, and all faults are told at once', async () => {
    const wrong = { client_id: 'wrong', redirect_uris: ['javascript:1'], id_token_lifetime: -1 };
    expect(await refusal(clients.create(wrong))).toMatch(/redirect_uris\.0 .+; id_token_lifetime /);
    const unknown = { ...service('wrong'), scope: 'profile sorcery' };
    expect(await refusal(clients.create(unknown))).toBe(
      'scope names sorcery, which is no scope here; declare it first',
    );
    expect(await clients.find('wrong')).toBeUndefined();
  });

  it('An update changes what it names alone, and other nodes hear of it within a second', async () => {
    const { secret } = await clients.create({ ...service('changing'), client_name: 'Before' });
    expect(await statusAt(other, 'changing', secret)).toBe(200);
    const changed = await clients.update('changing', { access_token_lifetime: 77, client_name: undefined });
    expect(changed?.metadata).toMatchObject({ scope: 'profile', access_token_lifetime: 77 });
    expect(changed?.metadata.client_name).toBeUndefined();
    await eventually(async () => {
      const token: unknown = await (await tokenAt(other, 'changing', secret)).json();
      expect(token).toMatchObject({ expires_in: 77 });
    }, 1000);
    expect(await refusal(clients.update('changing', { scope: 'sorcery' }))).toMatch(/^scope names sorcery/);
    expect(await clients.update('nobody', { scope: '' })).toBeUndefined();
  });

  it('Updates of one client at the same moment are all kept', async () => {
    await clients.create(service('busy'));
    const changes = [
      { client_name: 'Busy' },
      { publisher: 'Acme' },
      { access_token_lifetime: 60 },
      { contacts: ['a@b'] },
    ];
    await Promise.all(changes.map((change) => clients.update('busy', change)));
    expect((await clients.find('busy'))?.metadata).toMatchObject(Object.assign({}, ...changes));
  });

  it('A client that becomes a public one loses its secrets', async () => {
    await clients.create({ client_id: 'native', redirect_uris: ['https://a.example/cb'] });
    const changed = await clients.update('native', { token_endpoint_auth_method: 'none' });
    expect(changed?.secrets).toEqual([]);
    expect(await refusal(clients.rotateSecret('native'))).toMatch(/authenticates by none; change/);
  });

  it('A secret that is rotated leaves the old one good for the overlap, each with its last use and its end', async () => {
    const { secret: old } = await clients.create(service('rotating'));
    const rotated = await clients.rotateSecret('rotating', { overlapSeconds: 3600 });
    await eventually(async () => expect(await statusAt(other, 'rotating', rotated?.secret)).toBe(200), 1000);
    expect(await statusAt(app, 'rotating', old)).toBe(200);
    const [first, second] = (await clients.find('rotating'))?.secrets ?? [];
    expect(first).toMatchObject({ expiresAt: rotated?.othersEndAt, lastUsedAt: expect.any(Date) });
    expect(second).toMatchObject({ expiresAt: undefined, lastUsedAt: undefined });
    expect(heard()).toContainEqual({ type: 'client.secret_rotated', clientId: 'rotating' });
    app.clock.travel({ seconds: 3601 });
    expect(await statusAt(app, 'rotating', old)).toBe(401);
    expect(await statusAt(app, 'rotating', rotated?.secret)).toBe(200);
  });

  it('A secret that leaked is removed at once, but never the last one', async () => {
    const { client, secret: leaked } = await clients.create(service('leaky'));
    const [{ id } = { id: '' }] = client.secrets;
    expect(await refusal(clients.removeSecret('leaky', id))).toMatch(/the last secret; rotate it/);
    const rotated = await clients.rotateSecret('leaky');
    expect(await clients.removeSecret('leaky', id)).toBe(true);
    await eventually(async () => expect(await statusAt(other, 'leaky', leaked)).toBe(401), 1000);
    expect(await statusAt(app, 'leaky', rotated?.secret)).toBe(200);
  });

  it('A disabled client gets no tokens and its tokens end, on every node, until it is enabled', async () => {
    const { secret } = await clients.create(service('paused'));
    expect(await statusAt(other, 'paused', secret)).toBe(200);
    expect([await clients.disable('paused'), await clients.disable('paused')]).toEqual([true, false]);
    await eventually(async () => expect(await statusAt(other, 'paused', secret)).toBe(401), 1000);
    expect((await clients.find('paused'))?.disabledAt).toEqual(expect.any(Date));
    expect([await clients.enable('paused'), await clients.enable('paused')]).toEqual([true, false]);
    expect(await statusAt(other, 'paused', secret)).toBe(200);
    expect(await clients.remove('paused')).toBe(true);
    await eventually(async () => expect(await statusAt(other, 'paused', secret)).toBe(401), 1000);
    const types = heard().map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('client.'))).toEqual([
      'client.changed',
      'client.disabled',
      'client.enabled',
      'client.removed',
    ]);
  });

  it('All clients are listed page by page, each once, although clients are removed meanwhile', async () => {
    const ids = ['list-a', 'list-b', 'list-c', 'list-d', 'list-e'];
    for (const id of ids) await clients.create(service(id));
    const listed: string[] = [];
    let after: string | undefined = 'list';
    do {
      const page = await clients.list({ after, limit: 2 });
      listed.push(...page.items.map(({ clientId }) => clientId));
      if (after === 'list') await clients.remove('list-a');
      after = page.next;
    } while (after !== undefined);
    expect(listed.filter((id) => id.startsWith('list-'))).toEqual(ids);
    await expect(clients.list({ limit: 0 })).rejects.toThrow('limit is 0; give a whole number from 1 to 500');
  });
});
