import { runInNewContext } from 'node:vm';
import { jest } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import {
  Answer,
  type GrantedRequest,
  type RedirectTarget,
  ResponseMode,
  type ResponseModeHandler,
  type ResponseParameters,
  ResponseTypePart,
  type ResponseTypePartHandler,
} from 'gatehouse';
import { decodeJwt } from 'jose';
import { answerOf, invalidGrant } from '../support/answer.js';
import { authorizeForm, authorizePath, responseOf } from '../support/authorization-request.js';
import { aClient, CALLBACK, registerAll } from '../support/client-builder.js';
import { anEndUser } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { statementsDuring } from '../support/sent-statements.js';
import { disableClient, dumpOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';
import { hiddenFields, type Page, type TestBrowser } from '../support/test-browser.js';
import { type Parameters, type TestClient, tokensOf } from '../support/test-client.js';

/** A response type from outside, of the kind that must stay out of the query. */
@Injectable()
@ResponseTypePart('ticket')
class TicketPart implements ResponseTypePartHandler {
  async issue({ granted, nonce }: GrantedRequest) {
    if (nonce === 'fail') throw new Error('the inside of the server');
    return { ticket: granted.scopes.join(' ') };
  }
}

/** A response mode from outside. */
@Injectable()
@ResponseMode('pigeon')
class PigeonResponseMode implements ResponseModeHandler {
  answer({ client, redirectUri }: RedirectTarget, { state }: ResponseParameters) {
    return Answer.html(`A pigeon flies to ${client.id} at ${redirectUri} with ${state}`, 202);
  }
}

@Module({ providers: [PigeonResponseMode, TicketPart] })
class ExtensionModule {}

let app: TestApp;
let browser: TestBrowser;
let client: (id: string) => TestClient;
const webClient = aClient().named('web').firstParty().allowed('openid email profile offline_access');
const spaClient = webClient.named('spa').public();
beforeAll(async () => {
  app = await TestApp.start({ extensions: [ExtensionModule] });
  browser = await (await anEndUser().registeredAt(app)).browser();
  const loopback = ['http://127.0.0.1/cb', 'http://[::1]/cb', 'http://localhost:3000/cb'];
  client = await registerAll(app, [
    webClient,
    spaClient,
    spaClient.named('two').redirectingTo('https://client.example/one', 'https://client.example/two?tenant=1'),
    spaClient.named('native').redirectingTo(...loopback, 'com.example.app:/cb'),
    spaClient.named('plain').with({ code_challenge_methods: ['S256', 'plain'] }),
    spaClient.named('ticket').with({ response_types: ['ticket', 'code'] }),
  ]);
});
afterAll(() => app.stop());

/** A request of the public client that is good but for these parameters. */
const ask = (parameters: Parameters) =>
  browser.get(authorizePath({ client_id: 'spa', redirect_uri: CALLBACK, scope: 'openid', ...parameters }));

/** Presses Allow, which programs on the end user's device have them do each time. */
const allow = (page: Page) => browser.submit(page, { decision: 'allow' });

async function refusal(parameters: Parameters): Promise<Record<string, string>> {
  const page = await ask(parameters);
  expect(page.location?.href).toMatch(/^https:\/\/client\.example\/callback[?#]/);
  return responseOf(page);
}

/** The code in an authorization response. */
const codeOf = (page: Page) => responseOf(page).code ?? '';

/** Refusals that stay here: a 400 page that names the fault, and no way to the address that was given. */
async function expectPage(page: Page, status: number, reason: RegExp): Promise<void> {
  expect([page.status, page.location]).toEqual([status, undefined]);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.html).toMatch(reason);
  expect(page.html).toMatch(/<code>[0-9a-f-]{36}<\/code>/);
}

describe('a request that is granted', () => {
  it('A request that is granted leads to the redirect URI with code, state and iss (RFC 6749 4.1.2, RFC 9207)', async () => {
    const page = await ask({});
    expect(page.status).toBe(302);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.location?.href).toMatch(/^https:\/\/client\.example\/callback\?code=/);
    expect(responseOf(page)).toEqual({
      code: expect.stringMatching(/^gate_ac_/),
      state: 'a state & more',
      iss: app.url,
    });
  });

  it('A request that is granted leaves state out where none was sent', async () => {
    expect(Object.keys(responseOf(await ask({ state: undefined })))).toEqual(['code', 'iss']);
  });

  it('A request that is granted may come by POST, and is then answered with 303 (OpenID Connect Core 3.1.2.1, RFC 9700 4.12)', async () => {
    const form = authorizeForm({ client_id: 'spa', redirect_uri: CALLBACK, scope: 'openid' });
    const page = await browser.post('/oauth/authorize', Object.fromEntries(form));
    expect(page.status).toBe(303);
    expect(responseOf(page)).toHaveProperty('code');
  });

  it('A code is kept as a digest only, with all that the tokens are to say', async () => {
    const code = codeOf(await ask({ nonce: 'n-1', scope: 'openid email' }));
    const dump = await dumpOf(app, 'authorization_codes');
    for (const text of [code, Buffer.from(code).toString('hex')]) expect(dump).not.toContain(text);
    const tokens = await tokensOf(client('spa').redeem(code));
    expect(tokens.scope).toBe('openid email');
    expect(decodeJwt(tokens.id_token)).toMatchObject({ nonce: 'n-1', amr: ['pwd'], aud: 'spa' });
  });

  it('A code lives for a minute', async () => {
    const [soon, late] = [codeOf(await ask({})), codeOf(await ask({}))];
    app.clock.travel({ seconds: 55 });
    expect((await client('spa').redeem(soon)).status).toBe(200);
    app.clock.travel({ seconds: 6 });
    expect(await answerOf(client('spa').redeem(late))).toEqual(invalidGrant('The code has expired'));
  });

  it("A code lives as long as the client's metadata says", async () => {
    const patient = await spaClient.named('patient').with({ authorization_code_lifetime: 300 }).registeredAt(app);
    const [soon, late] = [codeOf(await patient.ask(browser)), codeOf(await patient.ask(browser))];
    app.clock.travel({ seconds: 295 });
    expect((await patient.redeem(soon)).status).toBe(200);
    app.clock.travel({ seconds: 6 });
    expect(await answerOf(patient.redeem(late))).toEqual(invalidGrant('The code has expired'));
  });

  it('A request that is granted ignores parameters that it does not know or need', async () => {
    const more = { foo: 'bar', display: 'popup', ui_locales: 'de fr', acr_values: 'urn:x', claims: '{"id_token":{}}' };
    expect(responseOf(await ask(more))).toHaveProperty('code');
  });

  it('A request that is granted costs three statements where nobody needs to be asked', async () => {
    await ask({});
    const names = await statementsDuring(app, async () => expect(responseOf(await ask({}))).toHaveProperty('code'));
    expect(names).toEqual(['sign-in-session-find-of-users', 'authorization-find', 'authorization-code-create']);
  });
});

describe('a client that cannot be known', () => {
  it.each([
    ['missing', undefined, /client_id is missing/],
    ['empty', '', /client_id is missing/],
    ['unknown', 'nobody', /No client is registered/],
    ['written in another case', 'SPA', /No client is registered/],
    ['hostile', '<script>alert(1)</script>', /No client is registered/],
    ['very long', 'x'.repeat(3000), /No client is registered/],
  ])(
    'A client that cannot be known is told on a page, not by a redirect: %s (RFC 6749 4.1.2.1)',
    async (_, client_id, reason) => {
      const page = await ask({ client_id });
      await expectPage(page, 400, reason);
      expect(page.html).not.toContain('<script>alert');
    },
  );

  it('A client that was disabled is told so on a page, not by a redirect', async () => {
    const gone = await spaClient.named('gone').registeredAt(app);
    expect(responseOf(await gone.ask(browser))).toHaveProperty('code');
    await disableClient(gone);
    await eventually(async () => expectPage(await gone.ask(browser), 400, /No client is registered/));
  });
});

describe('a redirect URI', () => {
  it.each([
    ['not registered', 'https://evil.example/callback'],
    ['registered but for a slash', `${CALLBACK}/`],
    ['registered but for a query', `${CALLBACK}?next=1`],
    ['registered but for the case', 'https://CLIENT.example/callback'],
    ['a prefix that climbs out', `${CALLBACK}/../open-redirect`],
    ['relative', '/callback'],
    ['without scheme', '//client.example/callback'],
    ['with a fragment', `${CALLBACK}#x`],
    ['with a user name', 'https://client.example@evil.example/callback'],
    ['with a backslash', 'https://client.example\\@evil.example/'],
    ['a script', 'javascript:alert(1)'],
    ['no URI', 'callback'],
    ['with a line break', `${CALLBACK}\r\nSet-Cookie: a=b`],
  ])(
    'A redirect URI is refused on a page, not by a redirect, when it is %s (RFC 9700 2.1)',
    async (_, redirect_uri) => {
      await expectPage(await ask({ redirect_uri }), 400, /redirect_uri/);
    },
  );

  it("A redirect URI is refused when it is another client's", async () => {
    await expectPage(await ask({ client_id: 'two' }), 400, /none of those registered/);
  });

  it('A redirect URI may be left out where one alone is registered and OpenID Connect is not asked for', async () => {
    const page = await ask({ redirect_uri: undefined, scope: 'email' });
    expect(page.location?.href).toMatch(/^https:\/\/client\.example\/callback\?code=/);
    expect((await client('spa').redeem(codeOf(page), { redirect_uri: undefined })).status).toBe(200);
  });

  it.each([
    ['with openid (OpenID Connect Core 3.1.2.1)', 'spa', 'openid email'],
    ['where two are registered', 'two', 'email'],
    ['where none is registered', 'none', 'email'],
  ])('A redirect URI must not be left out %s', async (_, client_id, scope) => {
    await spaClient.named('none').redirectingTo().storedByHandAt(app);
    await expectPage(await ask({ client_id, scope, redirect_uri: undefined }), 400, /redirect_uri is missing/);
  });

  it('A redirect URI keeps the query that it was registered with', async () => {
    const page = await ask({ client_id: 'two', redirect_uri: 'https://client.example/two?tenant=1' });
    expect(page.location?.href).toMatch(/^https:\/\/client\.example\/two\?tenant=1&code=/);
  });

  it.each(['http://127.0.0.1:51004/cb', 'http://127.0.0.1/cb', 'http://[::1]:1024/cb', 'http://localhost:9/cb'])(
    'A redirect URI of a native app may name any port of the loopback interface: %s (RFC 8252 7.3)',
    async (redirect_uri) => {
      const page = await allow(await ask({ client_id: 'native', redirect_uri }));
      expect(page.headers.get('location')).toContain(`${redirect_uri}?code=`);
    },
  );

  it.each([
    'http://127.0.0.1:51004/other',
    'https://127.0.0.1/cb',
    'http://127.0.0.2/cb',
    'http://127.0.0.1.evil.example/cb',
    'http://127.0.0.1:80@evil.example/cb',
    'http://127.0.0.1:99999/cb',
  ])('A redirect URI of a native app may differ in nothing but the port: %s', async (redirect_uri) => {
    await expectPage(await ask({ client_id: 'native', redirect_uri }), 400, /redirect_uri/);
  });

  it('A redirect URI may be of a custom scheme', async () => {
    const page = await allow(await ask({ client_id: 'native', redirect_uri: 'com.example.app:/cb' }));
    expect(page.headers.get('location')).toMatch(/^com\.example\.app:\/cb\?code=/);
  });
});

describe('a response type', () => {
  it('A response type that is missing is an invalid_request', async () => {
    expect(await refusal({ response_type: undefined })).toEqual({
      error: 'invalid_request',
      error_description: 'The parameter response_type is missing',
      state: 'a state & more',
      iss: app.url,
    });
  });

  it.each(['password', 'code id_token', 'CODE', 'none'])(
    'A response type that nobody handles is refused: %s',
    async (response_type) => {
      expect(await refusal({ response_type })).toMatchObject({
        error: 'unsupported_response_type',
        error_description: expect.stringMatching(/is not known here; there is .*code/),
        state: 'a state & more',
        iss: app.url,
      });
    },
  );

  it('A response type that the client does not list is refused with unauthorized_client, in its own response mode', async () => {
    const page = await ask({ response_type: 'ticket' });
    expect(page.location?.search).toBe('');
    expect(responseOf(page)).toMatchObject({ error: 'unauthorized_client', state: 'a state & more', iss: app.url });
  });

  it('A response type comes in by the same door from any module', async () => {
    const page = await ask({ client_id: 'ticket', response_type: 'ticket' });
    expect(page.location?.search).toBe('');
    expect(responseOf(page)).toEqual({ ticket: 'openid', state: 'a state & more', iss: app.url });
  });
});

describe('a failure of the server', () => {
  it('A failure of the server is told to the client as server_error, without a word of the inside (RFC 6749 4.1.2.1)', async () => {
    const page = await ask({ client_id: 'ticket', response_type: 'ticket', nonce: 'fail' });
    expect(responseOf(page)).toEqual({
      error: 'server_error',
      error_description: 'Something failed here',
      state: 'a state & more',
      iss: app.url,
    });
  });
});

describe('a response mode', () => {
  it('The response mode fragment keeps the code out of what the browser sends on', async () => {
    const page = await ask({ response_mode: 'fragment' });
    expect(page.location?.search).toBe('');
    expect(new URLSearchParams(page.location?.hash.slice(1)).get('code')).toMatch(/^gate_ac_/);
  });

  it('The response mode form_post is a page whose form goes to the client, by script or by its button', async () => {
    const page = await ask({ response_mode: 'form_post', state: '"><script>alert(1)</script>' });
    expect(page.status).toBe(200);
    expect(page.html).toContain(`<form method="post" action="${CALLBACK}"`);
    expect(page.html).toMatch(/<button[^>]*>Continue<\/button>/);
    expect(hiddenFields(page.html)).toMatchObject({
      code: expect.stringMatching(/^gate_ac_/),
      state: '"><script>alert(1)</script>',
      iss: app.url,
    });
    expect(page.html).not.toContain('<script>alert');
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe-inline');
  });

  it('The response mode form_post is sent by one script, which the simplest of browsers can run', async () => {
    const page = await ask({ response_mode: 'form_post' });
    const scripts = [...page.html.matchAll(/<script src="([^"]+)"/g)].map(([, path = '']) => path);
    expect(scripts).toHaveLength(1);
    const { html: script } = await browser.get(scripts[0] ?? '');
    const submit = jest.fn();
    runInNewContext(script, { document: { forms: [{ submit }] } });
    expect(submit).toHaveBeenCalledTimes(1);
    expect(script).not.toMatch(/\b(?:async|await|const|let|class|import)\b|=>|\?\.|\?\?|`|\.\.\./);
  });

  it('The response mode form_post carries refusals too', async () => {
    const page = await ask({ response_mode: 'form_post', scope: 'nonsense' });
    expect(hiddenFields(page.html)).toMatchObject({ error: 'invalid_scope', state: 'a state & more', iss: app.url });
  });

  it('A response mode that is unknown is an invalid_request, in the usual mode', async () => {
    expect(await refusal({ response_mode: 'telegram' })).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringMatching(/^response_mode telegram is not known here; there is .*form_post/),
    });
  });

  it('A response mode comes in by the same door from any module', async () => {
    const page = await ask({ response_mode: 'pigeon', state: 'a letter' });
    expect([page.status, page.html]).toEqual([202, `A pigeon flies to spa at ${CALLBACK} with a letter`]);
  });

  it('The response mode query is refused for what belongs in the fragment (Multiple Response Types 5)', async () => {
    const page = await ask({ client_id: 'ticket', response_type: 'ticket', response_mode: 'query' });
    expect(page.location?.search).toBe('');
    expect(responseOf(page)).toMatchObject({ error: 'invalid_request' });
  });
});

describe('request objects and registration in the request', () => {
  it.each([
    ['request', 'request_not_supported'],
    ['request_uri', 'request_uri_not_supported'],
    ['registration', 'registration_not_supported'],
  ])('The parameter %s is refused with %s (OpenID Connect Core 3.1.2.6)', async (parameter, error) => {
    expect(await refusal({ [parameter]: 'x' })).toMatchObject({ error, state: 'a state & more', iss: app.url });
  });
});

describe('a request object by value, which is refused unread (OpenID Connect Core section 6.1)', () => {
  const part = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');
  const objectOf = (payload: unknown) => `${part({ alg: 'none' })}.${part(payload)}.`;

  it('The refusal of a request object comes in the response mode and with the state that the object has', async () => {
    const request = objectOf({ response_mode: 'form_post', state: 'of the object' });
    for (const outside of [{ state: undefined }, { state: 'outside' }, { response_mode: 'fragment' }]) {
      const page = await ask({ request, ...outside });
      expect([page.status, page.location]).toEqual([200, undefined]);
      expect(hiddenFields(page.html)).toMatchObject({
        error: 'request_not_supported',
        state: 'of the object',
        iss: app.url,
      });
    }
  });

  it('The refusal of a request object comes in the response mode and with the state beside it where it has none', async () => {
    const page = await ask({ request: objectOf({ nonce: 'n' }), response_mode: 'form_post' });
    expect(hiddenFields(page.html)).toMatchObject({ error: 'request_not_supported', state: 'a state & more' });
  });

  it('The refusal of a request object goes nowhere that the object alone names', async () => {
    const request = objectOf({ redirect_uri: 'https://evil.example/', client_id: 'two', response_mode: 'form_post' });
    expect((await ask({ request })).html).toContain(`<form method="post" action="${CALLBACK}"`);
    expect((await ask({ request, redirect_uri: 'https://evil.example/' })).html).not.toContain('<form');
  });

  it.each([
    ['a state that is no text', objectOf({ state: { a: 1 }, response_mode: ['form_post'] })],
    ['a response mode that nobody knows', objectOf({ response_mode: 'telegram' })],
    ['null for its payload', objectOf(null)],
    ['a list for its payload', objectOf(['form_post'])],
    ['no JSON in it', 'a.b.c'],
    ['nothing but dots', '..'],
    ['an encrypted payload', 'a.b.c.d.e'],
  ])('The refusal of a request object with %s is as if there were none', async (_what, request) => {
    expect(await refusal({ request })).toMatchObject({ error: 'request_not_supported', state: 'a state & more' });
  });
});

describe('PKCE', () => {
  it('PKCE must be used by a client without a secret (RFC 9700 2.1.1)', async () => {
    expect(await refusal({ code_challenge: undefined, code_challenge_method: undefined })).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringContaining('code_challenge_method=S256'),
    });
  });

  it('PKCE may be left out by a client with a secret', async () => {
    const without = { code_challenge: undefined, code_challenge_method: undefined };
    expect(responseOf(await ask({ client_id: 'web', ...without }))).toHaveProperty('code');
  });

  it('A challenge without a method counts as plain (RFC 7636 4.3), which is refused', async () => {
    expect(await refusal({ code_challenge_method: undefined })).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringMatching(/plain.*send code_challenge_method=S256/),
    });
    expect(responseOf(await ask({ client_id: 'plain', code_challenge_method: undefined }))).toHaveProperty('code');
  });

  it.each(['plain', 's256', 'S512', 'none'])(
    'No code challenge method is taken but S256: %s',
    async (code_challenge_method) => {
      for (const client_id of ['spa', 'web']) {
        expect(await refusal({ client_id, code_challenge_method })).toMatchObject({ error: 'invalid_request' });
      }
    },
  );

  it('The code challenge method plain is taken from a client whose metadata lists it', async () => {
    const page = await ask({ client_id: 'plain', code_challenge_method: 'plain' });
    const verifier = authorizeForm({}).get('code_challenge') ?? '';
    expect((await client('plain').redeem(codeOf(page), { code_verifier: verifier })).status).toBe(200);
    expect(await refusal({ client_id: 'plain', code_challenge_method: 'S512' })).toHaveProperty('error');
  });

  it.each([
    ['too short', 'a'.repeat(42)],
    ['too long', 'a'.repeat(44)],
    ['padded', `${'a'.repeat(43)}=`],
    ['of plain base64', `${'a'.repeat(42)}+`],
  ])('A challenge that S256 cannot have made is refused: %s', async (_, code_challenge) => {
    for (const client_id of ['spa', 'web']) {
      const { error_description } = await refusal({ client_id, code_challenge });
      expect(error_description).toContain('code_challenge is malformed');
    }
  });

  it('A plain challenge that no verifier can be is refused', async () => {
    const plain = { client_id: 'plain', code_challenge_method: 'plain' };
    expect(await refusal({ ...plain, code_challenge: 'a'.repeat(129) })).toHaveProperty('error', 'invalid_request');
    expect(await refusal({ ...plain, code_challenge: 'ä'.repeat(43) })).toHaveProperty('error', 'invalid_request');
    expect(responseOf(await ask({ ...plain, code_challenge: 'a.~'.repeat(40) }))).toHaveProperty('code');
  });

  it('A code challenge method without a challenge is refused', async () => {
    for (const client_id of ['spa', 'web']) {
      expect(await refusal({ client_id, code_challenge: undefined })).toMatchObject({
        error: 'invalid_request',
        error_description: 'code_challenge_method is given without a code_challenge',
      });
    }
  });
});

describe('scopes', () => {
  it('Scopes that do not exist are left out beside one that does, and the token response names those granted', async () => {
    const page = await ask({ scope: 'photos openid a"b email \u202e' });
    expect((await tokensOf(client('spa').redeem(codeOf(page)))).scope).toBe('openid email');
  });

  it('Scopes that do not exist are named in the refusal where there is none beside them that does', async () => {
    expect(await refusal({ scope: 'photos videos' })).toMatchObject({
      error: 'invalid_scope',
      error_description: 'There is no scope photos here',
      state: 'a state & more',
      iss: app.url,
    });
  });

  it('Scopes may have spaces around them and several between them', async () => {
    const page = await ask({ scope: '  openid   email ' });
    expect((await tokensOf(client('spa').redeem(codeOf(page)))).scope).toBe('openid email');
  });

  it('Scopes that the client may not ask for are named in the refusal', async () => {
    expect(await refusal({ scope: 'openid phone photos' })).toMatchObject({
      error: 'invalid_scope',
      error_description: 'Scope phone is not in the scope registered for this client',
    });
  });

  it('Scopes must be named: there is no default (RFC 6749 3.3)', async () => {
    for (const scope of [undefined, '', ' ']) {
      expect(await refusal({ scope })).toMatchObject({
        error: 'invalid_scope',
        error_description:
          'The parameter scope is missing; this client may ask for openid email profile offline_access',
      });
    }
  });

  it('Scopes count once when given twice', async () => {
    const { scope } = await tokensOf(client('spa').redeem(codeOf(await ask({ scope: 'email openid email' }))));
    expect(scope).toBe('email openid');
  });

  it('Scopes lose offline_access where no code comes back (OpenID Connect Core 11)', async () => {
    const scope = 'openid offline_access';
    const page = await ask({ client_id: 'ticket', response_type: 'ticket', scope });
    expect(responseOf(page)).toHaveProperty('ticket', 'openid');
    const tokens = await tokensOf(client('ticket').redeem(codeOf(await ask({ client_id: 'ticket', scope }))));
    expect(tokens.scope).toBe('openid offline_access');
  });

  it('Scopes keep to printable ASCII in the refusal, whatever was sent', async () => {
    const { error_description } = await refusal({ scope: '"schön"\\\u202e' });
    expect(error_description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
  });
});

describe('what is no request', () => {
  it.each([
    ['a repeated parameter', `${authorizePath({ client_id: 'spa' })}&scope=a&scope=b`, /scope is given more than once/],
    [
      'a repeated client_id',
      `${authorizePath({ client_id: 'spa' })}&client_id=web`,
      /client_id is given more than once/,
    ],
    ['a NUL byte', `${authorizePath({ client_id: 'spa' })}&nonce=a%00b`, /NUL/],
    ['a broken percent-encoding', `${authorizePath({ client_id: 'spa' })}&nonce=%zz`, /percent-encoding/],
    ['nothing at all', '/oauth/authorize', /client_id is missing/],
    ['too many characters', authorizePath({ client_id: 'spa', nonce: 'n'.repeat(7000) }), /may take 6000 bytes/],
  ])('What is no request is refused on a page: %s', async (_, path, reason) => {
    await expectPage(await browser.get(path), 400, reason);
  });

  it.each([
    ['a NUL byte in the client', { client_id: 'sp\0a' }],
    ['a NUL byte in the state', { state: '\0' }],
  ])('What is no request is refused on a page by POST too: %s', async (_, parameters) => {
    const form = authorizeForm({ client_id: 'spa', redirect_uri: CALLBACK, scope: 'openid', ...parameters });
    await expectPage(await browser.post('/oauth/authorize', Object.fromEntries(form)), 400, /NUL/);
  });

  it('A POST of another content type is refused on a page', async () => {
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/plain']) {
      const page = await browser.post('/oauth/authorize', { client_id: 'spa' }, { 'content-type': type });
      await expectPage(page, 400, /application\/x-www-form-urlencoded/);
    }
  });

  it('A POST with a body of 1 MB is refused on a page', async () => {
    const page = await browser.post('/oauth/authorize', { client_id: 'spa', state: 's'.repeat(1024 * 1024) });
    await expectPage(page, 413, /over 256 KiB/);
  });

  it('What is no request is told as JSON to a program that asks for JSON', async () => {
    const response = await app.get('/oauth/authorize', { accept: 'application/json' });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      error: 'invalid_request',
      error_description: 'The parameter client_id is missing',
    });
  });
});
