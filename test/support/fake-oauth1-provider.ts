import { createHmac, generateKeyPairSync, randomUUID, verify } from 'node:crypto';
import { type FakeAnswer, type FakeRequest, FakeServer } from './fake-server.js';

interface Held {
  readonly secret: string;
  readonly verifier?: string;
}

const KEYS = generateKeyPairSync('rsa', { modulusLength: 2048 });

/**
 * A provider of OAuth 1.0a (RFC 5849) on a loopback port that signs `endUser` in at once, verifies every signature by
 * itself, and lies in the ways a test asks for.
 */
export class FakeOAuth1Provider {
  endUser: Record<string, unknown> = { id: 1, name: 'Somebody' };
  /** Changes what comes back to the callback. */
  response: (parameters: Record<string, string>) => Record<string, string> = (parameters) => parameters;
  /** Why requests were refused. */
  readonly refusals: string[] = [];
  readonly clientId = 'consumer key/+&';
  readonly clientSecret = "consumer secret '()*!";
  readonly rsaKey = KEYS.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  readonly #temporary = new Map<string, Held>();
  readonly #tokens = new Map<string, Held>();
  readonly #nonces = new Set<string>();

  private constructor(readonly server: FakeServer) {}

  static async start(): Promise<FakeOAuth1Provider> {
    const provider = new FakeOAuth1Provider(await FakeServer.start());
    provider.reset();
    return provider;
  }

  /** Puts everything back to honesty. */
  reset(): void {
    this.refusals.length = 0;
    this.response = (parameters) => parameters;
    const { routes } = this.server;
    routes.set('/request_token', (request) => this.#requestToken(request));
    routes.set('/authorize', (request) => this.#authorize(request));
    routes.set('/access_token', (request) => this.#accessToken(request));
    routes.set('/me.json', (request) => this.#me(request));
  }

  /** What a Gatehouse is told to sign end users in here. */
  settings(name: string) {
    const { clientId, clientSecret } = this;
    const { url } = this.server;
    return {
      name,
      clientId,
      clientSecret,
      requestTokenUrl: `${url}/request_token?from=the+query`,
      authorizeUrl: `${url}/authorize`,
      accessTokenUrl: `${url}/access_token`,
      apiBaseUrl: url,
      userinfoUrl: 'me.json?include_email=true',
    };
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  #requestToken(request: FakeRequest): FakeAnswer {
    const sent = this.#verified(request, '');
    if (sent === undefined) return refusal;
    const [token, secret] = [randomUUID(), randomUUID()];
    this.#temporary.set(token, { secret: `${secret} ${sent.get('oauth_callback')}` });
    return form({ oauth_token: token, oauth_token_secret: secret, oauth_callback_confirmed: 'true' });
  }

  #authorize({ url: { searchParams } }: FakeRequest): FakeAnswer {
    const token = searchParams.get('oauth_token') ?? '';
    const [secret = '', callback = ''] = this.#temporary.get(token)?.secret.split(' ') ?? [];
    const verifier = randomUUID();
    this.#temporary.set(token, { secret, verifier });
    const back = new URL(callback);
    back.search = new URLSearchParams(this.response({ oauth_token: token, oauth_verifier: verifier })).toString();
    return { status: 302, headers: { location: back.href } };
  }

  #accessToken(request: FakeRequest): FakeAnswer {
    const token = parametersOf(request).get('oauth_token') ?? '';
    const held = this.#temporary.get(token);
    const sent = held && this.#verified(request, held.secret);
    if (sent?.get('oauth_verifier') !== held?.verifier || held === undefined) return refusal;
    this.#temporary.delete(token);
    const given = { secret: randomUUID() };
    const accessToken = randomUUID();
    this.#tokens.set(accessToken, given);
    return form({ oauth_token: accessToken, oauth_token_secret: given.secret, user_id: 'said-by-the-token' });
  }

  #me(request: FakeRequest): FakeAnswer {
    const held = this.#tokens.get(parametersOf(request).get('oauth_token') ?? '');
    return held && this.#verified(request, held.secret) ? { body: this.endUser } : refusal;
  }

  /** The parameters of a request whose signature, time and nonce are right; undefined, with the reason noted, for any other. */
  #verified(request: FakeRequest, tokenSecret: string): Map<string, string> | undefined {
    const sent = parametersOf(request);
    const refuse = (reason: string) => {
      this.refusals.push(reason);
      return undefined;
    };
    if (sent.get('oauth_consumer_key') !== this.clientId) return refuse('client');
    if (Math.abs(Number(sent.get('oauth_timestamp')) - Date.now() / 1000) > 300) return refuse('timestamp');
    const nonce = sent.get('oauth_nonce') ?? '';
    if (nonce === '' || this.#nonces.has(nonce)) return refuse('nonce');
    this.#nonces.add(nonce);
    return this.#isSigned(request, sent, tokenSecret) ? sent : refuse('signature');
  }

  #isSigned(request: FakeRequest, sent: Map<string, string>, tokenSecret: string): boolean {
    const signature = sent.get('oauth_signature') ?? '';
    const key = `${percent(this.clientSecret)}&${percent(tokenSecret)}`;
    const method = sent.get('oauth_signature_method') ?? '';
    if (method === 'PLAINTEXT') return signature === key;
    const pairs = [...request.url.searchParams, ...request.form, ...headerOf(request)]
      .filter(([name]) => name !== 'oauth_signature' && name !== 'realm')
      .map(([name, value]) => `${percent(name)} ${percent(value)}`);
    const all = pairs.sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
    const normalized = all.map((pair) => pair.replace(' ', '=')).join('&');
    const address = `http://${request.headers.host}${request.url.pathname}`;
    const base = `${request.method}&${percent(address)}&${percent(normalized)}`;
    const hash = method.split('-')[1] ?? '';
    if (method.startsWith('RSA'))
      return verify(hash, Buffer.from(base), KEYS.publicKey, Buffer.from(signature, 'base64'));
    return createHmac(hash, key).update(base).digest('base64') === signature;
  }
}

const refusal: FakeAnswer = { status: 401, body: 'oauth_problem=signature_invalid' };

function form(members: Record<string, string>): FakeAnswer {
  return { headers: { 'content-type': 'text/html' }, body: new URLSearchParams(members).toString() };
}

function parametersOf(request: FakeRequest): Map<string, string> {
  return new Map([...request.url.searchParams, ...request.form, ...headerOf(request)]);
}

function headerOf({ headers }: FakeRequest): (readonly [string, string])[] {
  return [...(headers.authorization ?? '').matchAll(/([\w%]+)="([^"]*)"/g)].map(
    ([, name = '', value = '']) => [decodeURIComponent(name), decodeURIComponent(value)] as const,
  );
}

function percent(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9\-._~]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
