import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigFaultsError } from '../../common/config/config-fault.js';
import { KeyRing } from '../../common/crypto/key-ring.js';
import { configReport } from '../cli/config-report.js';
import { readEnvironmentFiles } from './environment-files.js';
import { readEnvironment } from './environment-reader.js';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-environment-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** `NAME problem` of each fault. */
async function faults(variables: Record<string, string>): Promise<string[]> {
  try {
    await readEnvironment(variables);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigFaultsError);
    return (error as ConfigFaultsError).faults.map(({ name, problem }) => `${name} ${problem}`);
  }
}

const production = {
  NODE_ENV: 'production',
  ISSUER: 'https://id.example.com',
  TRUST_PROXY: '1',
  DATABASE_URL: 'postgres://gatehouse:secret@db.example/gatehouse',
  SECRET_KEYS: KeyRing.generate(),
};

describe('the environment', () => {
  it('The environment needs no variable outside production', async () => {
    const settings = await readEnvironment({});
    expect(settings).toMatchObject({ port: 3000, issuer: undefined, database: 'embedded', demo: true });
  });

  it('The environment is refused with every fault at once, each with what to do', async () => {
    const variables = {
      PORT: '70000',
      ISSUER: 'id.example.com',
      DATABASE_URL: 'mysql://db.example/x',
      DATABASE_SCHEMA: 'Auth',
      SECRET_KEYS: 'k1:short',
      BOOTSTRAP_FILE: join(folder, 'absent.json'),
      DEMO: 'perhaps',
      HOME_URL: 'www.example.com',
      TRUST_PROXY: 'everybody',
      ADDRESS: 'here',
      GRACE_SECONDS: '1000',
      KEEP_ALIVE_SECONDS: '0',
      HEADER_TIMEOUT_SECONDS: '0',
      REQUEST_TIMEOUT_SECONDS: '-1',
      LOG_LEVEL: 'loud',
      DRAIN_SECONDS: 'soon',
    };
    let message = '';
    try {
      await readEnvironment(variables);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toContain('16 settings are wrong');
    for (const name of Object.keys(variables)) expect(message).toMatch(new RegExp(`\n  ${name} .+\n    → .+\n`));
  });

  it('The environment has its faults listed with those of the login providers', async () => {
    const found = (await faults({ PORT: 'x', LOGIN_PROVIDERS: 'github' })).join('\n');
    expect(found).toMatch(/^PORT /m);
    expect(found).toMatch(/^GITHUB_CLIENT_ID /m);
  });

  it('The environment never repeats a secret in a fault', async () => {
    const secret = 'k1:c2VjcmV0LXRoYXQtaXMtc2hvcnQ';
    expect((await faults({ SECRET_KEYS: secret, DATABASE_URL: 'postgres://u:hunter2@' })).join()).not.toMatch(
      /c2Vj|hunter2/,
    );
  });

  it('The environment must name the database and the keys in production', async () => {
    expect(await faults({ NODE_ENV: 'production', ISSUER: 'https://id.example.com', TRUST_PROXY: '1' })).toEqual([
      'DATABASE_URL is missing, and NODE_ENV is production',
      'SECRET_KEYS is missing, and NODE_ENV is production',
    ]);
    expect(await faults(production)).toEqual([]);
    expect(await faults({ ...production, DATABASE_URL: 'embedded' })).toEqual([]);
  });

  it('The environment has no demo data in production, and none beside a bootstrap file unless asked for', async () => {
    const BOOTSTRAP_FILE = file('empty.json', '{}');
    expect((await readEnvironment({ ...production, DATABASE_URL: 'embedded' })).demo).toBe(false);
    expect((await readEnvironment({ BOOTSTRAP_FILE })).demo).toBe(false);
    expect((await readEnvironment({ BOOTSTRAP_FILE, DEMO: 'on' })).demo).toBe(true);
    expect((await readEnvironment({ DATABASE_URL: production.DATABASE_URL })).demo).toBe(false);
    expect(await faults({ ...production, DEMO: 'on' })).toEqual(['DEMO is on, and NODE_ENV is production']);
  });

  it.each([
    ['k1:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE', 'is not random'],
    ['k1:MDEwMTAxMDEwMTAxMDEwMTAxMDEwMTAxMDEwMTAxMDE', 'is not random'],
    [`${KeyRing.generate()},k2:short`, 'has 3 bytes'],
    ['changeme', 'not of the form id:key'],
  ])('The environment refuses the weak keys %s', async (SECRET_KEYS, problem) => {
    expect((await faults({ ...production, SECRET_KEYS }))[0]).toContain(problem);
  });

  it.each([
    ['http://id.example.com', 'is http'],
    ['https://id.example.com/?a', 'query or a fragment'],
    ['https://id.example.com/#', 'query or a fragment'],
    ['https://id.example.com/a//b', 'has the path /a//b'],
    ['https://id.example.com/a%20b', 'has the path /a%20b'],
    ['https://a:b@id.example.com', 'user name or a password'],
    ['/auth', 'not an absolute'],
    ['ftp://id.example.com', 'not an absolute'],
  ])('The environment refuses the issuer %s (RFC 8414 2)', async (ISSUER, problem) => {
    expect((await faults({ ...production, ISSUER }))[0]).toContain(problem);
  });

  it('The environment takes an issuer with a path, without the slash behind it', async () => {
    expect((await readEnvironment({ ISSUER: 'http://localhost:3000/id/' })).issuer).toBe('http://localhost:3000/id');
    const HOME_URL = '/id/login';
    expect((await faults({ ...production, ISSUER: 'https://example.com/id', HOME_URL }))[0]).toContain('leads back');
  });

  it('The environment takes http for this machine, and outside production for any', async () => {
    expect(await faults({ ...production, ISSUER: 'http://localhost:3000' })).toEqual([]);
    expect(await faults({ ...production, ISSUER: 'http://[::1]:3000' })).toEqual([]);
    expect((await readEnvironment({ ISSUER: 'http://192.168.0.7:3000/' })).issuer).toBe('http://192.168.0.7:3000');
  });

  it('The environment takes a secret from a file, and not from two places', async () => {
    const keys = KeyRing.generate();
    const SECRET_KEYS_FILE = file('keys', `${keys}\n`);
    expect((await readEnvironment({ SECRET_KEYS_FILE })).secretKeys).toBe(keys);
    expect(await faults({ SECRET_KEYS_FILE, SECRET_KEYS: keys })).toEqual([
      'SECRET_KEYS_FILE is set and so is SECRET_KEYS',
    ]);
    const { SECRET_KEYS: _, ...others } = production;
    expect((await faults({ ...others, SECRET_KEYS_FILE: '/absent' }))[0]).toMatch(
      /^SECRET_KEYS_FILE names a file that cannot/,
    );
    expect(await faults({ ...others, SECRET_KEYS_FILE: file('nothing', '\n') })).toHaveLength(1);
  });

  it.each(['https://www.example.com', 'http://intranet/start', '/account'])(
    'The environment takes the home page %s',
    async (HOME_URL) => {
      expect((await readEnvironment({ HOME_URL })).homeUrl).toBe(HOME_URL);
    },
  );

  it.each([
    ['www.example.com', 'neither an absolute http(s) URL'],
    ['//elsewhere.example', 'neither an absolute http(s) URL'],
    ['javascript:alert(1)', 'neither an absolute http(s) URL'],
    ['/', 'leads back to itself'],
    ['/login?return_to=%2F', 'leads back to itself'],
    ['https://id.example.com', 'leads back to itself'],
  ])('The environment refuses the home page %s', async (HOME_URL, problem) => {
    expect((await faults({ ...production, HOME_URL }))[0]).toContain(problem);
  });

  it('The environment takes proxies by number or by address', async () => {
    expect((await readEnvironment({ TRUST_PROXY: '1' })).trustProxy).toBe(1);
    expect((await readEnvironment({ TRUST_PROXY: 'loopback, 10.0.0.0/8,fd00::/8' })).trustProxy).toEqual([
      'loopback',
      '10.0.0.0/8',
      'fd00::/8',
    ]);
    for (const TRUST_PROXY of ['true', '10.0.0.0/33', '10.0.0']) expect(await faults({ TRUST_PROXY })).toHaveLength(1);
  });

  it('The environment must say which proxies to trust where the issuer is https, be it none', async () => {
    const { TRUST_PROXY: _, ...others } = production;
    expect(await faults(others)).toEqual([
      'TRUST_PROXY is missing, and ISSUER is https, so something in front of this server ends TLS',
    ]);
    expect(await faults({ ISSUER: 'https://id.example.com' })).toHaveLength(1);
    expect(await faults({ ...others, TRUST_PROXY: '0' })).toEqual([]);
    expect(await faults({ ISSUER: 'http://id.example.com' })).toEqual([]);
  });

  it('The environment has an end to stopping that comes after draining', async () => {
    expect(await readEnvironment({})).toMatchObject({ drainSeconds: 0, graceSeconds: 25 });
    expect(await readEnvironment({ DRAIN_SECONDS: '30' })).toMatchObject({ drainSeconds: 30, graceSeconds: 50 });
    expect(await faults({ DRAIN_SECONDS: '9', GRACE_SECONDS: '9' })).toEqual([
      'DRAIN_SECONDS is 9, and GRACE_SECONDS 9',
    ]);
  });

  it('The environment waits no longer for the head of a request than for all of it', async () => {
    expect((await readEnvironment({})).timeouts).toEqual({
      keepAliveSeconds: 65,
      headerSeconds: 30,
      requestSeconds: 60,
    });
    expect(await faults({ HEADER_TIMEOUT_SECONDS: '90' })).toEqual([
      'HEADER_TIMEOUT_SECONDS is 90, and a whole request gets 60',
    ]);
  });

  it('The environment sets the limits of sign-ins and of hashing by the rules of the options', async () => {
    expect((await readEnvironment({})).options).toEqual({});
    const set = { SIGN_IN_FAILURES_PER_ACCOUNT: '5', SIGN_IN_LONGEST_DELAY_SECONDS: '0', PASSWORD_HASHES_AT_ONCE: '2' };
    const { options } = await readEnvironment(set);
    expect(options).toMatchObject({
      throttle: { failuresPerAccount: 5, longestDelaySeconds: 0, failuresPerAddress: 50 },
      passwords: { hashesAtOnce: 2 },
    });
    expect(configReport(await readEnvironment(set), set)).toMatch(/SIGN_IN_FAILURES_PER_ACCOUNT +5\n/);
    expect(await faults({ SIGN_IN_WINDOW_SECONDS: 'long', PASSWORD_HASHES_WAITING: '0' })).toEqual([
      'SIGN_IN_WINDOW_SECONDS is "long"',
      'PASSWORD_HASHES_WAITING is "0"',
    ]);
  });

  it('The environment sets the brand by the rules of the option', async () => {
    const set = { BRAND_NAME: 'Acme', BRAND_COLOR: '#7a1fa2', BRAND_SUPPORT_URL: 'https://acme.example/help' };
    const settings = await readEnvironment(set);
    expect(settings.options.brand).toMatchObject({
      name: 'Acme',
      color: '#7a1fa2',
      supportUrl: 'https://acme.example/help',
    });
    expect(configReport(settings, set)).toMatch(/BRAND_COLOR +#7a1fa2\n/);
    expect(await faults({ BRAND_COLOR: '#fff', BRAND_LOGO: 'logo.svg' })).toEqual([
      'BRAND_LOGO is "logo.svg"',
      'BRAND_COLOR is "#fff"',
    ]);
  });

  it('The environment sets where the pages about errors are, by the rule of the option, or turns them off', async () => {
    const options = async (ERROR_URI: string) => (await readEnvironment({ ERROR_URI })).options.errors;
    expect(await options('https://docs.example/{code}')).toMatchObject({ uri: 'https://docs.example/{code}' });
    expect(await options('off')).toEqual({ uris: {} });
    expect((await readEnvironment({})).options.errors).toBeUndefined();
    expect(await faults({ ERROR_URI: 'https://docs.example/' })).toEqual(['ERROR_URI is "https://docs.example/"']);
  });

  it('The environment sets the proxies by which others are called, in either case of its names, and reports them without credentials', async () => {
    const set = {
      HTTP_PROXY: 'old:1',
      http_proxy: 'proxy:3128',
      HTTPS_PROXY: 'http://me:secret@proxy:3128',
      NO_PROXY: '*',
    };
    const settings = await readEnvironment(set);
    expect(settings.options.outgoing).toEqual({
      httpProxy: 'proxy:3128',
      httpsProxy: 'http://me:secret@proxy:3128',
      noProxy: '*',
    });
    const report = configReport(settings, set);
    expect(report).toMatch(/HTTPS_PROXY +http:\/\/\*\*\*@proxy:3128\nHTTP_PROXY +proxy:3128\nNO_PROXY +\*\n/);
    expect(await faults({ HTTPS_PROXY: 'socks5://me:secret@proxy', http_proxy: 'http://' })).toEqual([
      'HTTPS_PROXY is not the URL of a proxy',
      'HTTP_PROXY is not the URL of a proxy',
    ]);
  });

  it('The report of the environment shows no private key of a client at a provider', async () => {
    const set = {
      CORP_PRIVATE_KEY: 'key-one',
      CORP_CLIENT_KWARGS: '{"rsa_key": "key \\"two\\"", "realm": "r"}',
      CORP_CLIENT_SECRET: 'secret-three',
    };
    const settings = { ...(await readEnvironment({})), remoteApps: [{ name: 'corp', clientId: 'c' }] };
    const report = configReport(settings, set);
    expect(report).not.toMatch(/key-one|two|three/);
    expect(report).toContain('"realm": "r"');
  });

  it('The environment sets how long a request waits for PostgreSQL, for its connections and for locks', async () => {
    expect((await readEnvironment({})).databaseLimits).toEqual({
      poolSize: 10,
      connectSeconds: 5,
      statementSeconds: 5,
      lockSeconds: 2,
    });
    const { databaseLimits, databaseOptions } = await readEnvironment({
      DATABASE_POOL_SIZE: '2',
      DATABASE_QUEUE_SIZE: '7',
      DATABASE_CONNECT_SECONDS: '1',
      DATABASE_STATEMENT_SECONDS: '9',
      DATABASE_LOCK_SECONDS: '3',
      DATABASE_POOLER: 'transaction',
      DATABASE_DIRECT_URL: 'postgres://gatehouse@db.example/gatehouse',
    });
    expect(databaseLimits).toEqual({ poolSize: 2, connectSeconds: 1, statementSeconds: 9, lockSeconds: 3 });
    expect(databaseOptions).toEqual({
      pooler: 'transaction',
      directUrl: 'postgres://gatehouse@db.example/gatehouse',
      poolSize: 2,
      queueSize: 7,
      statementSeconds: 9,
      lockSeconds: 3,
    });
    expect(await faults({ DATABASE_LOCK_SECONDS: '6', DATABASE_POOL_SIZE: '1' })).toEqual([
      'DATABASE_POOL_SIZE is "1"',
      'DATABASE_LOCK_SECONDS is 6, and a whole statement gets 5',
    ]);
    expect(await faults({ DATABASE_POOLER: 'transaction' })).toEqual([
      'DATABASE_DIRECT_URL is missing, and DATABASE_POOLER is transaction, so that LISTEN and migrations have no session',
    ]);
  });

  it.each([
    ['127.0.0.1', 'http://localhost:3000'],
    ['::', 'http://localhost:3000'],
    ['192.168.0.7', 'http://192.168.0.7:3000'],
    ['fd00::7', 'http://[fd00::7]:3000'],
  ])('The environment that listens at %s is the issuer %s unless another is named', async (ADDRESS, issuer) => {
    const report = configReport(await readEnvironment({ ADDRESS }), {});
    expect(report).toMatch(new RegExp(`ADDRESS +${ADDRESS}\\n`));
    expect(/ISSUER +(.+)\n/.exec(report)?.[1]).toBe(issuer);
  });

  it('The environment is shown with every secret masked', async () => {
    const corp = { LOGIN_PROVIDERS: 'github', GITHUB_CLIENT_ID: 'id-of-ours', GITHUB_CLIENT_SECRET: 'hunter2' };
    const variables = { ...production, ...corp };
    const report = configReport(await readEnvironment(variables), variables);
    expect(report).toMatch(/LOGIN_PROVIDERS +github\nGITHUB_CLIENT_ID +id-of-ours\nGITHUB_CLIENT_SECRET +\*\*\*\n/);
    expect(report).toMatch(
      /DATABASE_URL +postgres:\/\/gatehouse:\*\*\*@db.example\/gatehouse\nDATABASE_SCHEMA +gatehouse\n/,
    );
    expect(report).toMatch(/SECRET_KEYS +\S+:\*\*\*\n/);
    expect(report).not.toContain(production.SECRET_KEYS.split(':')[1]);
  });
});

describe('.env files', () => {
  it('The .env files overrule one another from the general to the local one, and the process overrules them', () => {
    file('.env', 'A=env\nB=env\nC=env\nD=env\nE=env');
    file('.env.local', 'B=local\nC=local\nD=local\nE=local');
    file('.env.staging', 'C=staging\nD=staging\nE=staging');
    file('.env.staging.local', 'D=staging-local\nE=staging-local');
    file('.env.production', 'A=production');
    const variables = readEnvironmentFiles(folder, { NODE_ENV: 'staging', E: 'process' });
    const { A, B, C, D, E } = variables;
    expect([A, B, C, D, E]).toEqual(['env', 'local', 'staging', 'staging-local', 'process']);
  });

  it('The .env files may be absent, and an empty value counts as absent', () => {
    const empty = mkdtempSync(join(folder, 'empty-'));
    expect(readEnvironmentFiles(empty, { PORT: '' })).toEqual({ NODE_ENV: 'development' });
  });

  it('The .env files may choose NODE_ENV, so that a production file is never taken for development', () => {
    const chosen = mkdtempSync(join(folder, 'chosen-'));
    writeFileSync(join(chosen, '.env'), 'NODE_ENV=production');
    expect(readEnvironmentFiles(chosen, {}).NODE_ENV).toBe('production');
  });
});
