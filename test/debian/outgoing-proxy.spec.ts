import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { join } from 'node:path';
import { DebianFolder, DebianPostgres } from '../support/debian-programs.js';
import { ForwardProxy } from '../support/forward-proxy.js';
import { killStarts, Start } from '../support/start.js';

const NAME = 'id.provider.invalid';
const SECRET_KEYS = `k1:${randomBytes(32).toString('base64url')}`;
const LIMIT_MILLISECONDS = 120_000;

describe('A server with an https issuer behind a proxy', () => {
  let folder: DebianFolder;
  let postgres: DebianPostgres;
  let provider: Server;
  let port: number;
  let proxy: ForwardProxy;
  let certificate: string;
  beforeAll(async () => {
    folder = await DebianFolder.make();
    const key = join(folder.path, 'provider.key');
    certificate = join(folder.path, 'provider.crt');
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
    await folder.run('openssl', ...made, '-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`);
    provider = createServer({ cert: readFileSync(certificate), key: readFileSync(key) }, (_request, response) => {
      const issuer = `https://${NAME}`;
      const endpoints = { authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` };
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ issuer, ...endpoints, jwks_uri: `${issuer}/jwks` }));
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    ({ port } = provider.address() as AddressInfo);
    proxy = await ForwardProxy.start({ [`${NAME}:443`]: `127.0.0.1:${port}` });
    postgres = await DebianPostgres.start(folder);
  }, LIMIT_MILLISECONDS);
  afterEach(() => killStarts());
  afterAll(async () => {
    provider?.closeAllConnections();
    provider?.close();
    await proxy?.stop();
    await postgres?.crash().catch(() => undefined);
    await folder?.remove();
  });

  const start = async (variables: Record<string, string>) => {
    const own = await freePort();
    const server = new Start(folder.path, {
      DATABASE_URL: postgres.url,
      SECRET_KEYS: SECRET_KEYS,
      ISSUER: 'https://id.example.com',
      TRUST_PROXY: '0',
      PORT: String(own),
      DEMO: 'off',
      LOGIN_PROVIDERS: 'corp,inside,local',
      CORP_CLIENT_ID: 'a',
      CORP_CLIENT_SECRET: 'b',
      CORP_ISSUER: `https://${NAME}`,
      INSIDE_CLIENT_ID: 'a',
      INSIDE_CLIENT_SECRET: 'b',
      INSIDE_ISSUER: 'https://10.0.0.1',
      LOCAL_CLIENT_ID: 'a',
      LOCAL_CLIENT_SECRET: 'b',
      LOCAL_ISSUER: `https://localhost:${port}`,
      HTTPS_PROXY: `http://user:secret@${proxy.address}`,
      ...variables,
    });
    await server.url();
    return `http://127.0.0.1:${own}`;
  };
  const startOf = async (at: string, name: string) => {
    const answer = await fetch(`${at}/auth/${name}`, { redirect: 'manual', headers: { accept: 'text/html' } });
    return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
  };

  it(
    'A provider that only the proxy can resolve, with a certificate of NODE_EXTRA_CA_CERTS, is discovered through a tunnel, and private targets are refused',
    async () => {
      const at = await start({ NODE_EXTRA_CA_CERTS: certificate });
      const corp = await startOf(at, 'corp');
      expect([corp.status, corp.location?.split('?')[0]]).toEqual([302, `https://${NAME}/authorize`]);
      expect(proxy.asked).toContain(`CONNECT ${NAME}:443`);
      expect(proxy.credentials).toBe(`Basic ${Buffer.from('user:secret').toString('base64')}`);
      for (const name of ['inside', 'local']) {
        const refused = await startOf(at, name);
        expect([refused.status, refused.html]).toEqual([502, expect.stringContaining('provider_unreachable')]);
      }
      expect(proxy.asked.join()).not.toMatch(/10\.0\.0\.1|localhost/);
    },
    LIMIT_MILLISECONDS,
  );

  it(
    'A provider whose certificate nobody vouches for is refused',
    async () => {
      const at = await start({});
      expect((await startOf(at, 'corp')).html).toContain('provider_unreachable');
    },
    LIMIT_MILLISECONDS,
  );
});

async function freePort(): Promise<number> {
  const server = createNetServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
