import { connect } from 'node:net';
import { jest } from '@jest/globals';
import { BadGatewayException, Controller, Get, Logger, Module } from '@nestjs/common';
import { Public } from 'gatehouse';
import { aClient } from '../support/client-builder.js';
import { eventually } from '../support/eventually.js';
import { basic, TestApp } from '../support/test-app.js';
import { type Parameters, type TestClient, tokensOf } from '../support/test-client.js';

describe('what an unknown address answers', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('An unknown address answers a program with JSON', async () => {
    const response = await app.get('/nowhere');
    expect(response.status).toBe(404);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.json()).toEqual({
      error: 'not_found',
      error_description: 'There is nothing at this address',
    });
  });

  it('An unknown address answers a browser with a page that has a reference id', async () => {
    const page = await app.browser().get('/nowhere');
    expect(page.status).toBe(404);
    expect(page.html).toMatch(/<h1>Not found<\/h1>.*Reference.*<code>[0-9a-f-]{36}<\/code>/);
  });

  it('An unknown address answers with a JSON:API error object where the request accepts one', async () => {
    const response = await app.get('/nowhere', { accept: 'application/vnd.api+json' });
    expect(response.headers.get('content-type')).toContain('application/vnd.api+json');
    expect(await response.json()).toMatchObject({ errors: [{ status: '404', title: 'not_found' }] });
  });
});

describe('a refusal of a protocol endpoint', () => {
  const CHALLENGE = /^Bearer realm="gatehouse", error="(\w+)", error_description="[^"\\]+"(?:, scope="(.+)")?$/;
  const BASIC = 'Basic realm="gatehouse", charset="UTF-8"';
  let app: TestApp;
  let machine: TestClient;
  let withoutScope: string;
  beforeAll(async () => {
    app = await TestApp.start();
    machine = await aClient()
      .named('machine')
      .using('client_credentials', 'refresh_token')
      .allowed('email')
      .registeredAt(app);
    withoutScope = (await tokensOf(machine.clientCredentials())).access_token;
  });
  afterAll(() => app.stop());

  const token = (grant_type: string, more: Parameters = {}) => machine.token({ grant_type, ...more });
  const byWrongSecret = (path: string) =>
    app.post(path, { grant_type: 'client_credentials', token: 'x' }, basic('machine', 'x'));
  const bearer = (text: string) => ({ authorization: `Bearer ${text}` });

  it.each<[string, number, string, string | null, () => Promise<Response>]>([
    ['no grant type', 400, 'invalid_request', null, () => machine.token({})],
    ['a grant type that it does not list', 400, 'unauthorized_client', null, () => token('authorization_code')],
    ['no refresh token', 400, 'invalid_request', null, () => token('refresh_token')],
    ['a wrong refresh token', 400, 'invalid_grant', null, () => token('refresh_token', { refresh_token: 'x' })],
    ['a wrong scope', 400, 'invalid_scope', null, () => token('client_credentials', { scope: 'profile' })],
    ['an unknown grant type', 400, 'unsupported_grant_type', null, () => token('urn:x')],
    ['a wrong secret', 401, 'invalid_client', BASIC, () => byWrongSecret('/oauth/token')],
    ['a wrong secret for revocation', 401, 'invalid_client', BASIC, () => byWrongSecret('/oauth/revoke')],
    ['a wrong secret for introspection', 401, 'invalid_client', BASIC, () => byWrongSecret('/oauth/introspect')],
    ['no token to revoke', 400, 'invalid_request', null, () => machine.post('/oauth/revoke', {})],
    ['no token to introspect', 400, 'invalid_request', null, () => machine.post('/oauth/introspect', {})],
    ['a wrong access token', 401, 'invalid_token', 'invalid_token', () => app.get('/oauth/userinfo', bearer('x'))],
    ['no access token', 401, 'missing_token', 'Bearer realm="gatehouse"', () => app.get('/oauth/userinfo')],
    ['half a header', 400, 'invalid_request', 'invalid_request', () => app.get('/api/me', bearer(''))],
    ['too little scope', 403, 'insufficient_scope', 'openid', () => app.get('/oauth/userinfo', bearer(withoutScope))],
  ])(
    'A refusal for %s is %i %s to the letter (RFC 6749 5.2, RFC 6750 3)',
    async (_what, status, error, challenge, send) => {
      const response = await send();
      expect(response.status).toBe(status);
      expect(await response.json()).toEqual({ error, error_description: expect.stringMatching(/^[\x20-\x7e]+$/) });
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        pragma: 'no-cache',
        'x-content-type-options': 'nosniff',
      });
      const given = response.headers.get('www-authenticate');
      if (challenge === null || challenge.includes('realm')) expect(given).toBe(challenge);
      else expect(CHALLENGE.exec(given ?? '')?.slice(1)).toContain(challenge);
    },
  );
});

describe('a method that an endpoint does not know', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it.each([
    ['/oauth/authorize', 'GET, POST'],
    ['/oauth/userinfo', 'GET, POST'],
    ['/oauth/token', 'POST'],
    ['/oauth/revoke', 'POST'],
    ['/oauth/introspect', 'POST'],
    ['/oauth/jwks', 'GET'],
    ['/.well-known/openid-configuration', 'GET'],
    ['/.well-known/oauth-authorization-server', 'GET'],
  ])(
    'A method that an endpoint does not know is refused at %s with those that it knows: %s (RFC 9110 15.5.6)',
    async (path, allowed) => {
      const response = await fetch(app.url + path, { method: 'PUT' });
      expect([response.status, response.headers.get('allow')]).toEqual([405, allowed]);
    },
  );

  it.each(['/oauth/jwks', '/.well-known/openid-configuration', '/oauth/authorize'])(
    'A method that an endpoint does not know is not HEAD at %s, which is answered as GET is, without the body (RFC 9110 9.3.2)',
    async (path) => {
      const [get, head] = await Promise.all(['GET', 'HEAD'].map((method) => fetch(app.url + path, { method })));
      expect([head?.status, head?.headers.get('etag')]).toEqual([get?.status, get?.headers.get('etag')]);
      expect(await head?.text()).toBe('');
    },
  );
});

/** What a module of the server's operator may throw. */
@Controller('trouble')
class TroubleController {
  @Get('gateway')
  @Public()
  gateway(): never {
    throw new BadGatewayException('upstream.internal refused');
  }

  @Get('fault')
  @Public()
  fault(): never {
    throw Object.assign(new Error('what a provider said'), { status: 401 });
  }
}

@Module({ controllers: [TroubleController] })
class TroubleModule {}

describe('an error of a module beside ours', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({ extensions: [TroubleModule] });
    jest.spyOn(Logger.prototype, 'error').mockReturnValue();
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await app.stop();
  });

  it('An exception of Nest for trouble below is a 503 that says when to come again, and does not say what failed', async () => {
    const answer = await app.get('/trouble/gateway');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.json()).toEqual({
      error: 'temporarily_unavailable',
      error_description: 'Something that the answer needs does not work just now. Try again later',
    });
  });

  it('A status that another error brings along is not that of the answer, which is a 500 without its message', async () => {
    const answer = await app.get('/trouble/fault');
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { error: 'server_error', error_description: 'Something failed here' },
    ]);
  });

  it('A path that does not decode is a fault of the request', async () => {
    expect((await app.get('/docs/errors/%ff')).status).toBe(400);
  });
});

describe('a client that goes away', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await app.stop();
  });

  it('A client that goes away while it sends a form is no error of ours in the log', async () => {
    const errors = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
    const refusals = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const { hostname, port } = new URL(app.url);
    const type = 'Content-Type: application/x-www-form-urlencoded';
    const socket = connect(Number(port), hostname);
    socket.end(`POST /oauth/token HTTP/1.1\r\nHost: a\r\n${type}\r\nContent-Length: 100\r\n\r\ngrant_type=`);
    await eventually(async () =>
      expect([...errors.mock.calls, ...refusals.mock.calls].join()).toMatch(/POST .oauth.token/),
    );
    expect(errors).not.toHaveBeenCalled();
  });
});
