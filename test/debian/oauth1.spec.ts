import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DebianFolder, DebianPostgres } from '../support/debian-programs.js';
import { signInAt } from '../support/remote-sign-in.js';
import { TestBrowser } from '../support/test-browser.js';
import { startServer, type Variables } from '../support/whole-server.js';

const CLIENT = 'a client of oauthlib';
/** oauthlib decodes parameters of a body or query twice, which a secret in clear must survive. */
const PLAIN_CLIENT = 'a client with a plain secret';
const SECRETS = { [CLIENT]: "its secret '()*!&+%", [PLAIN_CLIENT]: 'its-plain-secret' };
const METHODS = ['HMAC-SHA1', 'HMAC-SHA256', 'RSA-SHA1', 'RSA-SHA256', 'PLAINTEXT'] as const;
const WAYS = METHODS.flatMap((method) =>
  (['header', 'body', 'query'] as const).map((place) => [method, place] as const),
);
const nameOf = (method: string, place: string) => `${method}-${place}`.toLowerCase();

/** Python's oauthlib, an implementation that shares nothing with ours, verifies every request (RFC 5849). */
describe('OAuth 1.0a as oauthlib verifies it', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const refused: string[] = [];
  const undo: (() => unknown)[] = [];
  let url: string;

  beforeAll(async () => {
    const PUBLIC_KEY = publicKey.export({ type: 'spki', format: 'pem' }) as string;
    const python = spawn('/usr/bin/python3', [join(import.meta.dirname, 'oauthlib_provider.py')], {
      env: { SECRETS: JSON.stringify(SECRETS), PUBLIC_KEY },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    undo.push(() => python.kill());
    const lines = createInterface({ input: python.stdout });
    const [port] = (await once(lines, 'line')) as [string];
    lines.on('line', (line) => refused.push(line));
    const folder = await DebianFolder.make();
    undo.push(() => folder.remove());
    const postgres = await DebianPostgres.start(folder);
    undo.push(() => postgres.crash());
    const server = await startServer(folder.path, {
      DATABASE_URL: postgres.url,
      LOGIN_PROVIDERS: WAYS.map(([method, place]) => nameOf(method, place)).join(','),
      ...Object.assign({}, ...WAYS.map(([method, place]) => variablesOf(method, place, `http://127.0.0.1:${port}`))),
    });
    undo.push(() => server.stop({ drainSeconds: 0, graceSeconds: 5 }));
    url = server.issuer.url;
  }, 60_000);
  afterAll(async () => {
    for (const step of undo.reverse()) await step();
  });

  /** The variables of one provider, by the names that Authlib has for them. */
  function variablesOf(method: string, place: string, at: string): Variables {
    const rsa_key = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const client = method === 'PLAINTEXT' ? PLAIN_CLIENT : CLIENT;
    const variables = {
      CLIENT_ID: client,
      CLIENT_SECRET: SECRETS[client],
      REQUEST_TOKEN_URL: `${at}/request_token`,
      AUTHORIZE_URL: `${at}/authorize`,
      ACCESS_TOKEN_URL: `${at}/access_token`,
      API_BASE_URL: at,
      USERINFO_URL: 'me?fields=id,name&sort=a+b%20c',
      CLIENT_KWARGS: JSON.stringify({ signature_method: method, signature_type: place.toUpperCase(), rsa_key }),
    };
    const prefix = nameOf(method, place).toUpperCase().replaceAll('-', '_');
    return Object.fromEntries(Object.entries(variables).map(([name, value]) => [`${prefix}_${name}`, value]));
  }

  it.each(WAYS)(
    'A sign-in that is signed by %s in the %s is verified at each of its three requests',
    async (method, place) => {
      const page = await signInAt(new TestBrowser(url), `/auth/${nameOf(method, place)}`);
      expect([page.status, refused]).toEqual([303, []]);
    },
  );
});
