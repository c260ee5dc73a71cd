import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRemoteApps } from './remote-app-environment.js';
import { SETTING_ROWS } from './setting-variables.js';

describe('readRemoteApps', () => {
  it('The environment reads nothing where LOGIN_PROVIDERS is not set', async () => {
    expect(await readRemoteApps({ GITHUB_CLIENT_ID: 'id' })).toEqual({ apps: [], faults: [] });
  });

  it('The environment needs no more than credentials for a preset', async () => {
    const env = { LOGIN_PROVIDERS: 'github', GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' };
    expect(await readRemoteApps(env)).toEqual({
      apps: [{ name: 'github', clientId: 'id', clientSecret: 'secret' }],
      faults: [],
    });
  });

  it('The environment reads an OpenID Connect provider and a plain OAuth 2 one, with keywords', async () => {
    const { apps, faults } = await readRemoteApps({
      LOGIN_PROVIDERS: ' corp, old-corp ,corp',
      CORP_CLIENT_ID: 'a',
      CORP_ISSUER: 'https://id.corp.example',
      CORP_CLIENT_KWARGS: '{"token_endpoint_auth_method":"none","scope":"openid email","label":"Corp"}',
      OLD_CORP_CLIENT_ID: 'b',
      OLD_CORP_CLIENT_SECRET: 'c',
      OLD_CORP_AUTHORIZE_URL: 'https://old.corp.example/authorize',
      OLD_CORP_ACCESS_TOKEN_URL: 'https://old.corp.example/token',
      OLD_CORP_API_BASE_URL: 'https://old.corp.example/api',
      OLD_CORP_USERINFO_URL: 'me',
      OLD_CORP_CLIENT_KWARGS: '{"code_challenge_method":null,"response_mode":"form_post","private_network":true}',
    });
    expect(faults).toEqual([]);
    expect(apps).toEqual([
      {
        name: 'corp',
        clientId: 'a',
        issuer: 'https://id.corp.example',
        clientAuthentication: 'none',
        scopes: ['openid', 'email'],
        label: 'Corp',
      },
      {
        name: 'old-corp',
        clientId: 'b',
        clientSecret: 'c',
        authorizeUrl: 'https://old.corp.example/authorize',
        accessTokenUrl: 'https://old.corp.example/token',
        apiBaseUrl: 'https://old.corp.example/api',
        userinfoUrl: 'me',
        pkce: false,
        responseMode: 'form_post',
        isPrivate: true,
      },
    ]);
  });

  it('The environment gives parameters, a map of claims, and how a provider bends the standard', async () => {
    const { apps, faults } = await readRemoteApps({
      LOGIN_PROVIDERS: 'corp',
      CORP_CLIENT_ID: 'a',
      CORP_CLIENT_SECRET: 'b',
      CORP_ISSUER: 'https://id.corp.example',
      CORP_AUTHORIZE_PARAMS: '{"access_type":"offline"}',
      CORP_PROFILE: '{"sub":"data.id","name":["name","login"]}',
      CORP_CLIENT_KWARGS: '{"nonce":false,"id_token_signed_response_alg":"HS256"}',
    });
    expect(faults).toEqual([]);
    expect(apps).toEqual([
      expect.objectContaining({
        authorizeParams: { access_type: 'offline' },
        profile: { claims: { sub: 'data.id', name: ['name', 'login'] } },
        nonce: false,
        idTokenAlgorithm: 'HS256',
      }),
    ]);
  });

  it.each([
    [{ CORP_AUTHORIZE_PARAMS: '[]' }, 'CORP_AUTHORIZE_PARAMS'],
    [{ CORP_AUTHORIZE_PARAMS: '{"state":"mine"}' }, 'CORP_AUTHORIZE_PARAMS'],
    [{ CORP_PROFILE: 'sub' }, 'CORP_PROFILE'],
    [{ CORP_CLIENT_KWARGS: '{"nonce":false,"code_challenge_method":null}' }, 'CORP_CLIENT_KWARGS'],
    [{ CORP_CLIENT_KWARGS: '{"id_token_signed_response_alg":"none"}' }, 'CORP_CLIENT_KWARGS'],
  ])('The environment refuses %j', async (variables, name) => {
    const corp = { CORP_CLIENT_ID: 'a', CORP_CLIENT_SECRET: 'b', CORP_ISSUER: 'https://id.corp.example' };
    const { faults } = await readRemoteApps({ LOGIN_PROVIDERS: 'corp', ...corp, ...variables });
    expect(faults.map((fault) => fault.name)).toEqual([name]);
  });

  it('The environment reports every fault of every provider under the variable’s name, with a fix', async () => {
    const { apps, faults } = await readRemoteApps({
      LOGIN_PROVIDERS: 'github,corp,old,Bad Name',
      CORP_CLIENT_ID: 'a',
      CORP_CLIENT_SECRET: 'b',
      CORP_ISSUER: 'id.corp.example',
      CORP_CLIENT_KWARGS: '{"token_endpoint_auth_method":"tls_client_auth"}',
      OLD_CLIENT_ID: 'a',
      OLD_CLIENT_SECRET: 'b',
      OLD_AUTHORIZE_URL: 'ftp://old.example',
      OLD_USERINFO_URL: 'me',
    });
    expect(apps).toEqual([]);
    expect(faults.map(({ name }) => name)).toEqual([
      'GITHUB_CLIENT_ID',
      'GITHUB_CLIENT_SECRET',
      'CORP_ISSUER',
      'CORP_CLIENT_KWARGS',
      'OLD_ACCESS_TOKEN_URL',
      'OLD_AUTHORIZE_URL',
      'OLD_USERINFO_URL',
      'LOGIN_PROVIDERS',
      'BAD NAME_CLIENT_ID',
      'BAD NAME_CLIENT_SECRET',
      'BAD NAME_ISSUER',
    ]);
    for (const { problem, fix } of faults)
      expect(`${problem}; ${fix}`).toMatch(/^(is|has) .+; (set|give|choose|use) .+[^.]$/);
  });

  it.each(['nonsense', '[]', '{"scop":"openid"}', '{"code_challenge_method":"plain"}', '{"scope":5}'])(
    'The environment refuses the keywords %s',
    async (keywords) => {
      const env = { LOGIN_PROVIDERS: 'github', GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'secret' };
      const { faults } = await readRemoteApps({ ...env, GITHUB_CLIENT_KWARGS: keywords });
      expect(faults.map(({ name }) => name)).toEqual(['GITHUB_CLIENT_KWARGS']);
    },
  );

  it('The environment gives every setting that the table names, by variable before keyword', async () => {
    const { apps, faults } = await readRemoteApps({
      LOGIN_PROVIDERS: 'work',
      WORK_CLIENT_ID: 'a',
      WORK_CLIENT_SECRET: 'b',
      WORK_PRESET: 'github',
      WORK_SCOPE: 'read:user repo',
      WORK_REFRESH_TOKEN_URL: 'https://work.example/refresh',
      WORK_REFRESH_TOKEN_PARAMS: '{"client_key":"k"}',
      WORK_REVOKE_URL: 'https://work.example/revoke',
      WORK_CLIENT_KWARGS: '{"scope":"user","token_placement":"uri","api_hosts":["uploads.work.example"]}',
    });
    expect(faults).toEqual([]);
    expect(apps).toEqual([
      {
        name: 'work',
        clientId: 'a',
        clientSecret: 'b',
        preset: 'github',
        scopes: ['read:user', 'repo'],
        refreshTokenUrl: 'https://work.example/refresh',
        refreshTokenParams: { client_key: 'k' },
        revokeUrl: 'https://work.example/revoke',
        tokenPlacement: 'query',
        apiHosts: ['uploads.work.example'],
      },
    ]);
  });

  it('The environment discovers a provider at the address of its metadata, and says what a variable of texts holds else', async () => {
    const env = { LOGIN_PROVIDERS: 'corp', CORP_CLIENT_ID: 'a', CORP_CLIENT_SECRET: 'b' };
    const CORP_SERVER_METADATA_URL = 'https://id.corp.example/.well-known/openid-configuration';
    const read = await readRemoteApps({ ...env, CORP_SERVER_METADATA_URL });
    expect(read).toMatchObject({ apps: [{ serverMetadataUrl: CORP_SERVER_METADATA_URL }], faults: [] });
    const { faults } = await readRemoteApps({
      ...env,
      CORP_SERVER_METADATA_URL,
      CORP_REFRESH_TOKEN_PARAMS: '{"a":{}}',
    });
    expect(faults).toEqual([
      { name: 'CORP_REFRESH_TOKEN_PARAMS', problem: 'has a member of a wrong kind', fix: 'give texts by parameter' },
    ]);
  });

  it('The page of configuration names every variable and keyword', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/configuration.md'), 'utf8');
    const rows = SETTING_ROWS.map(([, row]) => row);
    const unnamed = rows.filter(({ variable }) => variable !== undefined && !page.includes(`{NAME}_${variable}`));
    expect([unnamed, rows.filter(({ keyword }) => keyword !== undefined && !page.includes(`\`${keyword}\``))]).toEqual([
      [],
      [],
    ]);
  });

  it('The environment takes a secret from the file that {NAME}_CLIENT_SECRET_FILE names, or says why not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'remote-app-'));
    writeFileSync(join(folder, 'secret'), 'from a file\n');
    const env = { LOGIN_PROVIDERS: 'github', GITHUB_CLIENT_ID: 'id' };
    const read = (path: string) => readRemoteApps({ ...env, GITHUB_CLIENT_SECRET_FILE: join(folder, path) });
    expect((await read('secret')).apps).toEqual([{ name: 'github', clientId: 'id', clientSecret: 'from a file' }]);
    expect((await read('none')).faults).toEqual([
      { name: 'GITHUB_CLIENT_SECRET_FILE', problem: expect.stringMatching(/cannot be read/), fix: expect.anything() },
    ]);
    rmSync(folder, { recursive: true });
  });

  it('The environment takes a private key from a file, and says all that a client with one still lacks', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'remote-app-'));
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(join(folder, 'key'), key);
    writeFileSync(join(folder, 'nonsense'), 'no key');
    const env = { LOGIN_PROVIDERS: 'corp', CORP_CLIENT_ID: 'a', CORP_ISSUER: 'https://id.corp.example' };
    const minted = (more: object) => JSON.stringify({ token_endpoint_auth_method: 'minted_secret', ...more });
    const read = (file: string, more: object = {}) =>
      readRemoteApps({ ...env, CORP_PRIVATE_KEY_FILE: join(folder, file), CORP_CLIENT_KWARGS: minted(more) });
    const { apps, faults } = await read('key', { key_id: 'K', team_id: 'T' });
    expect([apps, faults]).toEqual([
      [expect.objectContaining({ privateKey: key.trim(), keyId: 'K', teamId: 'T' })],
      [],
    ]);
    const told = async (file: string) => (await read(file)).faults.map(({ name, problem }) => `${name} ${problem}`);
    expect(await told('nonsense')).toEqual([
      'CORP_PRIVATE_KEY is no private key that can be read, or one of a kind that no algorithm here takes',
      'CORP_CLIENT_KWARGS has a fault: its team_id is missing',
      'CORP_CLIENT_KWARGS has a fault: its key_id is missing',
    ]);
    expect(await told('nowhere')).toEqual([
      expect.stringMatching(/^CORP_PRIVATE_KEY_FILE names a file that cannot be read/),
      'CORP_CLIENT_KWARGS has a fault: its team_id is missing',
      'CORP_CLIENT_KWARGS has a fault: its key_id is missing',
    ]);
    rmSync(folder, { recursive: true });
  });

  it('The environment takes http addresses only where the server’s own issuer is http', async () => {
    const env = { LOGIN_PROVIDERS: 'corp', CORP_CLIENT_ID: 'a', CORP_CLIENT_SECRET: 'b', CORP_ISSUER: 'http://corp' };
    expect((await readRemoteApps({ ...env, ISSUER: 'http://localhost:3000' })).faults).toEqual([]);
    const { faults } = await readRemoteApps({ ...env, ISSUER: 'https://id.example.com' });
    expect(faults.map(({ name }) => name)).toEqual(['CORP_ISSUER']);
  });
});
