import { decodeJwt, decodeProtectedHeader } from 'jose';
import { answerOf } from '../support/answer.js';
import { aClient } from '../support/client-builder.js';
import { storedAmong } from '../support/stored-grants.js';
import { dumpOf } from '../support/stored-rows.js';
import { basic, TestApp } from '../support/test-app.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

const SECRET = 'a secret: with + and %, as operators choose them';

describe('the token endpoint', () => {
  let app: TestApp;
  let machine: TestClient;
  let poster: TestClient;
  let opaque: TestClient;
  let site: TestClient;

  const machineClient = aClient()
    .confidential(SECRET, 'the next secret')
    .using('client_credentials')
    .allowed('openid profile reports:read reports:write');
  beforeAll(async () => {
    app = await TestApp.start();
    machine = await machineClient.named('machine').registeredAt(app);
    const byPost = machineClient.with({ token_endpoint_auth_method: 'client_secret_post' });
    poster = await byPost.named('poster').registeredAt(app);
    opaque = await machineClient.named('opaque').with({ access_token_format: 'opaque' }).registeredAt(app);
    site = await aClient().named('web:site').confidential(SECRET).registeredAt(app);
  });
  afterAll(() => app.stop());

  const ask = (form: Record<string, string> | string, headers: Record<string, string> = {}) =>
    app.post('/oauth/token', form, headers);

  describe('client_credentials', () => {
    it('The grant client_credentials gives an RFC 9068 JWT whose subject is the client, and no refresh token (RFC 6749 section 4.4.3)', async () => {
      const response = await machine.clientCredentials({ scope: 'reports:read' });
      const body = await response.json();
      expect(body).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 3600,
        scope: 'reports:read',
      });
      expect(decodeProtectedHeader(body.access_token)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
      const { iat = 0, ...claims } = decodeJwt(body.access_token);
      expect(claims).toEqual({
        iss: app.url,
        aud: app.url,
        sub: 'machine',
        client_id: 'machine',
        scope: 'reports:read',
        exp: iat + 3600,
        jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      const guarded = await app.get('/api/me', { authorization: `Bearer ${body.access_token}` });
      expect(await guarded.json()).toEqual({ id: 'machine', email: null });
    });

    it('The grant client_credentials gives every scope of the registration but those of an end user where none is named', async () => {
      expect(await (await machine.clientCredentials()).json()).toMatchObject({
        scope: 'profile reports:read reports:write',
      });
    });

    it('The grant client_credentials is answered with no-store for every cache (RFC 6749 section 5.1)', async () => {
      const { status, headers } = await machine.clientCredentials();
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('pragma')).toBe('no-cache');
      expect(headers.get('content-type')).toMatch(/^application\/json/);
    });

    it('The grant client_credentials gives an opaque token that is stored as a digest, where the client is registered for one', async () => {
      const { access_token: token } = await tokensOf(opaque.clientCredentials());
      expect(token).toMatch(/^gate_at_/);
      expect(await storedAmong(app, [token])).toBe(1);
      expect(await dumpOf(app, 'access_tokens')).not.toContain(token);
      expect(await (await opaque.introspect(token)).json()).toMatchObject({
        client_id: 'opaque',
        sub: 'opaque',
        scope: 'profile reports:read reports:write',
      });
      const guarded = await app.get('/api/me', { authorization: `Bearer ${token}` });
      expect(guarded.status).toBe(200);
    });

    it('The grant client_credentials stores every one of 100 opaque tokens that are asked for at once', async () => {
      const answers = await Promise.all(Array.from({ length: 100 }, () => tokensOf(opaque.clientCredentials())));
      const tokens = new Set(answers.map(({ access_token: token }) => token));
      expect(tokens.size).toBe(100);
      expect(await storedAmong(app, tokens)).toBe(100);
    });

    it("A client's own lifetime is kept to, and the token ends with it", async () => {
      const hasty = await machineClient.named('hasty').with({ access_token_lifetime: 60 }).registeredAt(app);
      const { access_token: token, expires_in: seconds } = await tokensOf(hasty.clientCredentials());
      expect(seconds).toBe(60);
      const me = () => app.get('/api/me', { authorization: `Bearer ${token}` });
      expect((await me()).status).toBe(200);
      app.clock.travel({ seconds: 61 });
      expect((await me()).status).toBe(401);
    });

    it('The grant client_credentials refuses more than the registration allows with invalid_scope that names it (RFC 6749 section 3.3)', async () => {
      expect(await answerOf(machine.clientCredentials({ scope: 'reports:read reports:delete openid' }))).toEqual({
        status: 400,
        error: 'invalid_scope',
        error_description: 'Not allowed here: reports:delete openid. Allowed: profile reports:read reports:write',
      });
    });

    it('The grant client_credentials takes spaces around the scopes, and several between them, for one', async () => {
      expect(await answerOf(machine.clientCredentials({ scope: '  reports:write   reports:read ' }))).toMatchObject({
        status: 200,
        scope: 'reports:write reports:read',
      });
    });

    it('The grant client_credentials takes a scope of spaces alone for none', async () => {
      expect(await answerOf(machine.clientCredentials({ scope: '  ' }))).toMatchObject({
        scope: 'profile reports:read reports:write',
      });
    });

    it('The grant client_credentials refuses an unknown scope also beside one that it knows', async () => {
      expect(await answerOf(machine.clientCredentials({ scope: 'profile photos' }))).toMatchObject({
        status: 400,
        error: 'invalid_scope',
      });
    });

    it.each(['a"b', 'a\tb', 'profile\\', 'ä'])(
      'The grant client_credentials refuses the malformed scope %p with invalid_scope',
      async (scope) => {
        expect(await answerOf(machine.clientCredentials({ scope }))).toMatchObject({
          status: 400,
          error: 'invalid_scope',
        });
      },
    );

    it('The grant client_credentials refuses a public client with unauthorized_client (RFC 6749 section 4.4)', async () => {
      const spa = await machineClient.named('public').public().storedByHandAt(app);
      expect(await answerOf(spa.clientCredentials())).toMatchObject({ status: 400, error: 'unauthorized_client' });
    });

    it('The grant client_credentials refuses a token format that this server does not have', async () => {
      const exotic = await machineClient.named('exotic').with({ access_token_format: 'macaroon' }).registeredAt(app);
      expect(await answerOf(exotic.clientCredentials())).toEqual({
        status: 400,
        error: 'unauthorized_client',
        error_description:
          'This client is registered for the access token format macaroon, which this server does not have',
      });
    });
  });

  describe('client authentication', () => {
    const own = { grant_type: 'client_credentials' };
    const post = { ...own, client_id: 'poster', client_secret: SECRET };
    const authorization = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const unproven = {
      status: 401,
      error: 'invalid_client',
      error_description: 'The client is unknown, or its credentials are missing or wrong',
    };

    it('Client authentication takes client_secret_basic with any live secret, and the scheme in any case (RFC 7617 section 2)', async () => {
      expect((await machine.clientCredentials()).status).toBe(200);
      const { authorization: header } = basic('machine', 'the next secret');
      expect((await ask(own, { authorization: header.replace('Basic', 'bAsIc') })).status).toBe(200);
    });

    it('Client authentication decodes both halves of Basic as form-urlencoded (RFC 6749 section 2.3.1)', async () => {
      const encoded = new URLSearchParams({ [SECRET]: '' }).toString().slice(0, -1);
      expect(encoded).toContain('+');
      expect((await ask(own, authorization(`machine:${encoded}`))).status).toBe(200);
      const colon = await answerOf(ask(own, site.basic()));
      expect(colon).toMatchObject({ error: 'unauthorized_client' });
    });

    it.each([
      ['that decoding would change', 'changed', 'c29tZQ+base64/secret=='],
      ['that decoding would fail at', 'failing', '100%-secret-of-somebody'],
      ['that looks encoded', 'encoded', 'a-secret%2Bin%20full'],
    ])(
      'Client authentication takes a secret %s as `curl -u` sends it, unencoded, and encoded as well',
      async (_what, id, secret) => {
        const client = await machineClient.named(id).confidential(secret).registeredAt(app);
        expect((await ask(own, authorization(`${id}:${secret}`))).status).toBe(200);
        expect((await client.clientCredentials()).status).toBe(200);
        expect(await answerOf(ask(own, authorization(`${id}:${secret}+`)))).toEqual(unproven);
      },
    );

    it('Client authentication takes client_secret_post', async () => {
      expect((await poster.clientCredentials()).status).toBe(200);
    });

    it('Client authentication takes client_id beside Basic when it names the same client, and refuses another', async () => {
      expect((await machine.clientCredentials({ client_id: 'machine' })).status).toBe(200);
      const other = await answerOf(machine.clientCredentials({ client_id: 'poster' }));
      expect(other).toMatchObject({ status: 400, error: 'invalid_request' });
    });

    it('Client authentication challenges with 401 and Basic where it fails (RFC 6749 section 5.2)', async () => {
      const { status, headers } = await ask(own, basic('machine', 'wrong'));
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toMatch(/^Basic realm="/);
      expect(headers.get('cache-control')).toBe('no-store');
    });

    it('Client authentication says the same of an unknown client, a wrong secret and a confidential client without one', async () => {
      expect(await answerOf(ask(own, basic('nobody', SECRET)))).toEqual(unproven);
      expect(await answerOf(ask(own, basic('machine', 'wrong')))).toEqual(unproven);
      expect(await answerOf(ask({ ...own, client_id: 'nobody' }))).toEqual(unproven);
      expect(await answerOf(ask({ ...own, client_id: 'machine' }))).toEqual(unproven);
      expect(await answerOf(ask({ ...post, client_secret: 'wrong' }))).toEqual(unproven);
      expect(await answerOf(ask({ ...own, client_secret: SECRET }))).toEqual(unproven);
    });

    it('Client authentication takes the secret by client_secret_basic and client_secret_post alike, whichever is registered', async () => {
      expect((await ask({ ...own, client_id: 'machine', client_secret: SECRET })).status).toBe(200);
      expect((await ask(own, poster.basic())).status).toBe(200);
    });

    it.each(['none', 'private_key_jwt'])(
      'Client authentication takes no secret from a client that is registered for %s',
      async (method) => {
        const client = await machineClient
          .named(method)
          .with({ token_endpoint_auth_method: method })
          .storedByHandAt(app);
        const refusal = { status: 401, error: 'invalid_client' };
        const form = { ...own, client_id: method, client_secret: client.secret ?? '' };
        expect(await answerOf(ask(own, client.basic()))).toEqual({
          ...refusal,
          error_description: `This client is registered for ${method}, and the request uses client_secret_basic`,
        });
        expect(await answerOf(ask(form))).toEqual({
          ...refusal,
          error_description: `This client is registered for ${method}, and the request uses client_secret_post`,
        });
      },
    );

    it('Client authentication takes Basic with an empty secret of a public client for none', async () => {
      const nobody = { status: 400, error: 'invalid_grant' };
      const spa = await aClient().named('spa').public().registeredAt(app);
      const redeem = { grant_type: 'authorization_code', code: 'x' };
      expect(await answerOf(spa.token(redeem))).toMatchObject(nobody);
      expect(await answerOf(ask(redeem, basic('spa', '')))).toMatchObject(nobody);
      expect(await answerOf(ask({ ...redeem, client_id: 'spa' }, basic('spa', '')))).toMatchObject(nobody);
      expect((await app.post('/oauth/revoke', { token: 'x' }, basic('spa', ''))).status).toBe(200);
    });

    it('Client authentication takes Basic with an empty secret of a confidential client for no proof', async () => {
      expect(await answerOf(ask(own, basic('machine', '')))).toEqual(unproven);
    });

    it('Client authentication refuses Basic with an empty secret that names another client than the body', async () => {
      const other = { status: 400, error: 'invalid_request' };
      expect(await answerOf(ask({ ...own, client_id: 'machine' }, basic('poster', '')))).toMatchObject(other);
      expect(await answerOf(ask(post, basic('machine', '')))).toMatchObject(other);
    });

    it('Client authentication refuses two methods at once with invalid_request (RFC 6749 section 2.3)', async () => {
      expect(await answerOf(ask(post, poster.basic()))).toMatchObject({
        status: 400,
        error: 'invalid_request',
        error_description: expect.stringContaining('client_secret_basic and client_secret_post'),
      });
    });

    it('Client authentication refuses a request without any client with invalid_client', async () => {
      expect(await answerOf(ask(own))).toMatchObject({ status: 401, error: 'invalid_client' });
      expect(await answerOf(ask(own, { authorization: 'Bearer abc' }))).toMatchObject({ status: 401 });
    });

    it.each([
      ['no base64', 'Basic !!!'],
      ['nothing', 'Basic '],
      ['the scheme alone', 'Basic'],
      ['no colon', authorization('machine').authorization],
      ['no client', authorization(`:${SECRET}`).authorization],
      ['neither client nor secret', authorization(':').authorization],
      ['a broken percent-encoding', authorization('machine:%zz').authorization],
      ['bytes that are not UTF-8', `Basic ${Buffer.from([0xff, 0x3a, 0xff]).toString('base64')}`],
      ['NUL bytes', authorization('mach\0ine:%00').authorization],
      ['8 KB of junk', authorization(`${'x'.repeat(4000)}:${'y'.repeat(4000)}`).authorization],
    ])('Client authentication refuses Basic with %s with invalid_client', async (_what, header) => {
      expect(await answerOf(ask(own, { authorization: header }))).toMatchObject({
        status: 401,
        error: 'invalid_client',
      });
    });

    it('Client authentication refuses credentials in the query string (RFC 6749 section 2.3.1)', async () => {
      const path = `/oauth/token?client_id=poster&client_secret=${encodeURIComponent(SECRET)}`;
      expect(await answerOf(app.post(path, own))).toEqual({
        status: 400,
        error: 'invalid_request',
        error_description: 'Send client_secret in the body: what is in a URL ends up in logs',
      });
      expect((await app.post('/oauth/token?tenant=1', post)).status).toBe(200);
    });
  });

  describe('what it is asked', () => {
    it('The token endpoint refuses a missing grant_type with invalid_request', async () => {
      expect(await answerOf(ask({}, machine.basic()))).toEqual({
        status: 400,
        error: 'invalid_request',
        error_description: 'grant_type is missing; send it in the body',
      });
      expect(await answerOf(ask('grant_type='))).toMatchObject({ status: 400, error: 'invalid_request' });
    });

    it('The token endpoint refuses an unknown grant type with unsupported_grant_type', async () => {
      const unknown = await answerOf(machine.clientCredentials({ grant_type: 'urn:example:"nothing' }));
      expect(unknown).toMatchObject({ status: 400, error: 'unsupported_grant_type' });
    });

    it('The token endpoint refuses a grant type that the client does not list with unauthorized_client', async () => {
      const unlisted = await answerOf(site.clientCredentials());
      expect(unlisted).toMatchObject({ status: 400, error: 'unauthorized_client' });
    });

    it('The token endpoint ignores parameters that it does not know (RFC 6749 section 3.2)', async () => {
      expect((await machine.clientCredentials({ code: 'unused', 'x[y]': 'z' })).status).toBe(200);
    });

    it.each(['grant_type=client_credentials', 'scope=reports:read', 'unknown=1', 'scope='])(
      'The token endpoint refuses %s given twice with invalid_request (RFC 6749 section 3.2)',
      async (pair) => {
        const body = `grant_type=client_credentials&scope=profile&unknown=2&${pair}`;
        const repeated = await answerOf(ask(body, machine.basic()));
        expect(repeated).toMatchObject({ status: 400, error: 'invalid_request' });
      },
    );

    it.each(['GET', 'HEAD', 'PUT', 'DELETE'])(
      'The token endpoint refuses %s with 405 and names POST',
      async (method) => {
        const response = await fetch(`${app.url}/oauth/token?grant_type=client_credentials`, { method });
        expect(response.status).toBe(405);
        expect(response.headers.get('allow')).toBe('POST');
      },
    );

    it.each([
      ['JSON', 'application/json', '{"grant_type":"client_credentials"}'],
      ['multipart', 'multipart/form-data; boundary=x', '--x--'],
      ['plain text', 'text/plain', 'grant_type=client_credentials'],
      ['an unnamed type', '', 'grant_type=client_credentials'],
    ])('The token endpoint refuses %s instead of a form with invalid_request', async (_what, type, body) => {
      const headers = { ...machine.basic(), 'content-type': type };
      expect(await answerOf(ask(body, headers))).toEqual({
        status: 400,
        error: 'invalid_request',
        error_description: 'Send the parameters as Content-Type application/x-www-form-urlencoded',
      });
    });

    it('The token endpoint takes a content type with parameters and in capitals', async () => {
      const type = { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' };
      expect((await ask('grant_type=client_credentials', { ...machine.basic(), ...type })).status).toBe(200);
    });

    it.each([
      ['a NUL byte', 'grant_type=client_credentials&scope=a%00b', 400],
      ['a NUL byte in client_id', 'grant_type=client_credentials&client_id=%00', 400],
      ['bytes that are not UTF-8', 'grant_type=%ff%fe', 400],
      ['a broken percent-encoding', 'grant_type=%', 400],
      ['1 MB', `grant_type=client_credentials&junk=${'x'.repeat(1024 * 1024)}`, 413],
      ['10,000 parameters', Array.from({ length: 10_000 }, (_, index) => `p${index}=1`).join('&'), 400],
    ])('The token endpoint refuses %s with a 4xx and invalid_request', async (_what, body, status) => {
      expect(await answerOf(ask(body))).toMatchObject({ status, error: 'invalid_request' });
    });
  });
});
