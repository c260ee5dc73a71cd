import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { HostModule } from '../../examples/host-application/host.module.js';
import { aClient } from '../support/client-builder.js';
import { basic, TestApp } from '../support/test-app.js';
import { createHostDatabase, type TestDatabase } from '../support/test-database.js';

const STRANGER = 'https://spa.example';

/** What a browser asks before it sends a request with these headers (Fetch standard, CORS-preflight request). */
function preflightOf(origin: string, ...headers: readonly string[]) {
  const asked = headers.length === 0 ? {} : { 'access-control-request-headers': headers.join(',') };
  return { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', ...asked } };
}

/** The CORS headers of an answer. */
function corsOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
}

describe('an address that clients in a browser call', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
    await aClient().named('spa').public().registeredAt(app);
  });
  afterAll(() => app.stop());

  const OPEN = [
    '/oauth/token',
    '/oauth/userinfo',
    '/oauth/revoke',
    '/oauth/jwks',
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server',
  ];

  it.each(OPEN)('The address %s answers scripts of any origin, refusals too, and takes no cookies', async (path) => {
    const refusal = await app.post(path, {}, { origin: STRANGER });
    expect(refusal.status).toBeGreaterThanOrEqual(400);
    expect(corsOf(refusal)).toEqual({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'WWW-Authenticate, Retry-After',
    });
  });

  it.each(OPEN)('The address %s lets a browser send the headers that it asks for, whatever they are', async (path) => {
    const preflight = await fetch(app.url + path, preflightOf(STRANGER, 'authorization', 'dpop', 'x-requested-with'));
    expect(preflight.status).toBe(204);
    expect(corsOf(preflight)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization,dpop,x-requested-with',
    });
    expect(corsOf(preflight)).not.toHaveProperty('access-control-allow-credentials');
    expect(preflight.headers.get('vary')).toContain('Access-Control-Request-Headers');
  });

  it('A browser that asks for no headers is told of none', async () => {
    const preflight = await fetch(`${app.url}/oauth/token`, preflightOf(STRANGER));
    expect(corsOf(preflight)).not.toHaveProperty('access-control-allow-headers');
  });

  it.each(['/oauth/authorize', '/oauth/authorize/decision', '/oauth/authorize/resume', '/oauth/introspect'])(
    'The address %s answers scripts of no other origin (RFC 9700 section 2.6)',
    async (path) => {
      const page = { origin: STRANGER, accept: 'text/html' };
      expect(corsOf(await app.post(path, {}, page))).toEqual({});
      expect(corsOf(await app.get(`${path}?client_id=spa`, page))).toEqual({});
      expect(corsOf(await fetch(app.url + path, preflightOf(STRANGER, 'authorization')))).toEqual({});
    },
  );
});

describe('an application that allows credentials to pages of its own origins', () => {
  const FRONT = 'https://front.example';
  let database: TestDatabase;
  let host: NestExpressApplication;
  let url: string;
  beforeAll(async () => {
    database = await createHostDatabase();
    const { user: username, ...connection } = database.connection;
    const imports = [HostModule.forRoot({ ...connection, username }, 'http://localhost:1', database.secretKeys)];
    const module = await Test.createTestingModule({ imports }).compile();
    host = module.createNestApplication<NestExpressApplication>({ logger: ['fatal'] });
    host.enableCors({ origin: [FRONT], credentials: true });
    await host.listen(0);
    url = (await host.getUrl()).replace('[::1]', 'localhost');
  });
  afterAll(async () => {
    await host.close();
    await database.drop();
  });

  const refusedToken = (origin: string) =>
    fetch(`${url}/oauth/token`, { method: 'POST', headers: { origin, ...basic('nobody', 'x') } });

  it('A page of its own may call the token endpoint with credentials, since no * stands beside them', async () => {
    expect(corsOf(await refusedToken(FRONT))).toMatchObject({
      'access-control-allow-origin': FRONT,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'WWW-Authenticate, Retry-After',
    });
  });

  it('A page of any other origin may call the token endpoint, without credentials', async () => {
    const cors = corsOf(await refusedToken(STRANGER));
    expect(cors).toHaveProperty('access-control-allow-origin', '*');
    expect(cors).not.toHaveProperty('access-control-allow-credentials');
  });

  it('The authorization endpoint answers scripts of no origin, not even of its own (RFC 9700 section 2.6)', async () => {
    const page = { origin: FRONT, accept: 'text/html' };
    expect(corsOf(await fetch(`${url}/login`, { headers: page }))).not.toEqual({});
    expect(corsOf(await fetch(`${url}/oauth/authorize`, { headers: page }))).toEqual({});
  });
});
