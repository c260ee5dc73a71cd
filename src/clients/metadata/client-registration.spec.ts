import { clientRegistration } from './client-registration.js';
import { redirectUriProblem } from './redirect-uri-registration.js';

const web = { client_id: 'web', client_secret: 's3cret', redirect_uris: ['https://app.example/callback'] };
const service = { client_id: 'service', client_secret: 's3cret', grant_types: ['client_credentials'] };

/** `member: problem` of each fault. */
function faults(client: object): string[] {
  const { error } = clientRegistration.safeParse(client);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);
}

function typesOf(client: object) {
  const { grant_types, response_types } = clientRegistration.parse(client).metadata;
  return { grant_types, response_types };
}

describe('a redirect URI', () => {
  it.each([
    'https://app.example/callback',
    'https://app.example:8443/a?b=c',
    'http://localhost:8080/callback',
    'http://127.0.0.1/callback',
    'http://[::1]:3000/',
    'com.example.app:/callback',
    'com.example.app://callback',
    'myapp:/callback',
    'cursor://anysphere.cursor-retrieval/oauth/callback',
    'vscode://publisher.extension',
    'exp://192.0.2.7:8081/--/callback',
    'chromeless://callback',
    'datatool:/callback',
  ])('A redirect URI %s may be registered', (uri) => {
    expect(redirectUriProblem(uri)).toBeUndefined();
  });

  it.each([
    ['/callback', 'not an absolute URI'],
    ['app.example/callback', 'not an absolute URI'],
    ['https:callback', 'not an absolute URI'],
    ['https:///callback', 'not an absolute URI'],
    ['http://app.example/callback', 'is http'],
    ['http://localhost.app.example/', 'is http'],
    ['http://127.0.0.1.app.example/', 'is http'],
    ['https://app.example/#', 'fragment'],
    ['https://app.example/#a', 'fragment'],
    ['https://*.app.example/', 'wildcard'],
    ['https://person:word@app.example/', 'user name'],
    ['https://app.example/a b', 'percent-encoded'],
    ['https://app.example\\callback', 'percent-encoded'],
    ['https://äpp.example/', 'percent-encoded'],
    ['javascript:alert(1)', 'scheme javascript:'],
    ['JavaScript://app.example/%0Aalert(1)', 'scheme JavaScript:'],
    ['data:text/html,x', 'scheme data:'],
    ['localhost:3000/callback', 'without https:// in front'],
    ['app.example:8443/callback', 'without https:// in front'],
  ])('A redirect URI %s may not be registered (RFC 6749 3.1.2, RFC 8252 7)', (uri, problem) => {
    expect(redirectUriProblem(uri)).toContain(problem);
  });
});

describe('the schemes that a browser or a system handles itself', () => {
  const named =
    'javascript vbscript data blob filesystem file about view-source chrome ws wss ftp mailto tel sms intent content ' +
    'android-app shell search-ms ms-settings ms-word ms-appinstaller ms-anything-new chrome-extension moz-extension ' +
    'safari-web-extension edge brave opera vivaldi devtools resource jar livescript mhtml res mk itms-services ' +
    'facetime market search search-ms shortcuts web+anything ext+anything';

  it.each(named.split(' '))('The scheme %s may not be the one of a redirect URI, in whatever case', (scheme) => {
    for (const written of [scheme, scheme.toUpperCase()]) {
      expect(redirectUriProblem(`${written}://callback`)).toContain('a browser or the system opens itself');
    }
  });
});

describe('the registration of a client', () => {
  it('A registration is one of the code flow unless it says otherwise (RFC 7591 2)', () => {
    expect(typesOf(web)).toEqual({ grant_types: ['authorization_code'], response_types: ['code'] });
  });

  it('A registration takes the types left out from those given (RFC 7591 2.1)', () => {
    expect(typesOf(service).response_types).toEqual([]);
    expect(typesOf({ ...web, grant_types: ['authorization_code', 'implicit'] }).response_types).toEqual([
      'code',
      'token',
    ]);
    expect(typesOf({ ...web, response_types: ['token'] }).grant_types).toEqual(['implicit']);
    const api = { client_id: 'api', client_secret: 's3cret', resource_server: true };
    expect(typesOf(api)).toEqual({ grant_types: [], response_types: [] });
  });

  it('A registration refuses grant and response types that contradict each other (RFC 7591 2.1)', () => {
    expect(faults({ ...web, grant_types: ['client_credentials'], response_types: ['code'] })).toEqual([
      'grant_types: must include authorization_code, because response_types include code',
    ]);
    expect(faults({ ...web, grant_types: ['authorization_code', 'implicit'], response_types: ['code'] })).toEqual([
      'response_types: must include token, because grant_types include implicit',
    ]);
    expect(faults({ ...web, grant_types: ['authorization_code'], response_types: ['code', 'token'] })).toEqual([
      'grant_types: must include implicit, because response_types include token or id_token',
    ]);
    expect(faults({ ...web, grant_types: ['authorization_code'], response_types: [] })).toEqual([
      'response_types: must include code, because grant_types include authorization_code',
    ]);
  });

  it('A registration keeps types that are not on yet and drops members that it does not know (RFC 7591 2)', () => {
    const device = { ...service, grant_types: ['urn:ietf:params:oauth:grant-type:device_code'], software_id: 'x' };
    const { metadata } = clientRegistration.parse(device);
    expect(metadata.grant_types).toEqual(['urn:ietf:params:oauth:grant-type:device_code']);
    expect(metadata).not.toHaveProperty('software_id');
    expect(metadata).not.toHaveProperty('client_secret');
  });

  it('A registration needs a redirect URI where a browser comes back', () => {
    expect(faults({ ...web, redirect_uris: [] })[0]).toMatch(/^redirect_uris: must name where answers go/);
    expect(faults(service)).toEqual([]);
  });

  it('A registration needs a secret unless the client can keep none, and takes several', () => {
    const { client_secret: _, ...bare } = web;
    expect(faults(bare)[0]).toMatch(/^client_secret: is missing/);
    expect(faults({ ...bare, token_endpoint_auth_method: 'none' })).toEqual([]);
    expect(faults({ ...bare, token_endpoint_auth_method: 'private_key_jwt' })).toEqual([]);
    expect(faults({ ...web, token_endpoint_auth_method: 'none' })[0]).toMatch(/^client_secret: must not be given/);
    expect(clientRegistration.parse({ ...bare, client_secrets: ['a', 'b', 'a'] }).secrets).toEqual(['a', 'b']);
    expect(clientRegistration.parse({ ...web, client_secrets: ['b'] }).secrets).toEqual(['s3cret', 'b']);
  });

  it('A registration refuses tokens without a code where any program may claim the scheme of the answer (RFC 8252 8.2)', () => {
    const spa = { client_id: 'spa', token_endpoint_auth_method: 'none', grant_types: ['implicit'] };
    expect(faults({ ...spa, redirect_uris: ['https://app.example/'] })).toEqual([]);
    expect(faults({ ...spa, redirect_uris: ['https://app.example/', 'myapp:/callback'] })).toEqual([
      'grant_types: must not include implicit with a redirect URI of a private-use scheme (RFC 8252 section 8.2)',
    ]);
  });

  it('A registration keeps an application_type that is left out apart from web', () => {
    expect(clientRegistration.parse(web).metadata).not.toHaveProperty('application_type');
    for (const type of ['web', 'native']) {
      expect(clientRegistration.parse({ ...web, application_type: type }).metadata).toMatchObject({
        application_type: type,
      });
    }
    expect(faults({ ...web, application_type: 'desktop' })).toHaveLength(1);
  });

  it('A registration refuses client credentials without credentials (RFC 6749 4.4)', () => {
    const open = { client_id: 'open', grant_types: ['client_credentials'], token_endpoint_auth_method: 'none' };
    expect(faults(open)[0]).toContain('RFC 6749 section 4.4');
  });

  it.each([
    ['access_token_lifetime', 31 * 86_400],
    ['authorization_code_lifetime', 600],
    ['refresh_token_lifetime', 400 * 86_400],
    ['id_token_lifetime', 31 * 86_400],
  ])('A registration takes %s up to %i whole seconds', (member, max) => {
    expect(faults({ ...web, [member]: max })).toEqual([]);
    for (const wrong of [max + 1, 0, -1, 1.5, '60']) expect(faults({ ...web, [member]: wrong })).toHaveLength(1);
  });

  it('A registration refuses a scope value that is not scope names with single spaces between (RFC 6749 3.3)', () => {
    expect(faults({ ...web, scope: 'openid profile' })).toEqual([]);
    for (const scope of ['openid  profile', ' openid', 'a"b', 'a\nb'])
      expect(faults({ ...web, scope })).toHaveLength(1);
  });

  it('A registration refuses pages of the client that are not on the web, for a browser would run a javascript: link', () => {
    for (const member of ['client_uri', 'logo_uri', 'policy_uri', 'tos_uri'])
      expect(faults({ ...web, [member]: 'javascript:alert(1)' })).toEqual([`${member}: must be an http or https URL`]);
  });
});
