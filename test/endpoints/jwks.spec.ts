import { calculateJwkThumbprint, createLocalJWKSet, decodeProtectedHeader, type JWK, jwtVerify } from 'jose';
import { eventually } from '../support/eventually.js';
import { anotherKeyRing, rotateKeys, type SigningAlgorithm, signedByServer } from '../support/signing.js';
import { deleteRows } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';

interface Jwks {
  keys: (JWK & { kid: string })[];
}

describe('/oauth/jwks', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const jwks = async () => (await (await app.get('/oauth/jwks')).json()) as Jwks;
  const verified = async (token: string) => jwtVerify(token, createLocalJWKSet(await jwks()));

  it.each<SigningAlgorithm>(['ES256', 'RS256', 'EdDSA', 'PS256'])(
    'The key set holds the key by which any JOSE library verifies what is signed with %s',
    async (algorithm) => {
      const { payload, protectedHeader } = await verified(
        signedByServer(app, { sub: 'somebody' }, { typ: 'JWT' }, algorithm),
      );
      expect(payload).toEqual({ sub: 'somebody' });
      expect(protectedHeader).toMatchObject({ alg: algorithm, typ: 'JWT' });
    },
  );

  it('The key set shows a current and a next key for each algorithm, and no private member', async () => {
    const { keys: shown } = await jwks();
    expect(shown.map(({ alg }) => alg).sort()).toEqual(
      ['ES256', 'RS256', 'EdDSA', 'PS256'].flatMap((algorithm) => [algorithm, algorithm]).sort(),
    );
    for (const key of shown) {
      expect(key.use).toBe('sig');
      expect(key.kid).toBe(await calculateJwkThumbprint(key)); // RFC 7638
      for (const secret of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key).not.toHaveProperty(secret);
    }
  });

  it('The key set may be kept by anyone, and is not sent twice to whoever has it (RFC 9110 13.1.2)', async () => {
    const response = await app.get('/oauth/jwks');
    expect(response.headers.get('cache-control')).toBe('public, max-age=900');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    // Without a Cache-Control of its own, fetch sends no-cache, which asks for the whole document.
    const again = await app.get('/oauth/jwks', {
      'cache-control': 'max-age=0',
      'if-none-match': response.headers.get('etag') ?? '',
    });
    expect(again.status).toBe(304);
  });

  it('The key set keeps the previous key after a rotation, and the one that was published as next signs', async () => {
    const published = new Set((await jwks()).keys.map(({ kid }) => kid));
    const before = signedByServer(app, { sub: 'before' });
    await rotateKeys(app);
    const after = signedByServer(app, { sub: 'after' });
    const kidBefore = decodeProtectedHeader(before).kid ?? '';
    const kidAfter = decodeProtectedHeader(after).kid ?? '';
    expect(kidAfter).not.toBe(kidBefore);
    expect(published.has(kidAfter)).toBe(true);
    expect((await verified(before)).payload.sub).toBe('before');
    expect((await verified(after)).payload.sub).toBe('after');
  });

  it('The key set is the same on every node after a rotation on one', async () => {
    const node = await app.startNode();
    await rotateKeys(app);
    const kids = async (of: TestApp) =>
      ((await (await of.get('/oauth/jwks')).json()) as Jwks).keys.map(({ kid }) => kid);
    await eventually(async () => expect((await kids(node)).sort()).toEqual((await kids(app)).sort()));
    const { kid } = decodeProtectedHeader(signedByServer(node, {}));
    expect(kid).toBe(decodeProtectedHeader(signedByServer(app, {})).kid);
  });

  it('The key set is made once by nodes that start together on a new database', async () => {
    await deleteRows(app, 'signing_keys');
    const nodes = await Promise.all([app.startNode(), app.startNode(), app.startNode()]);
    const signed = nodes.map((node) => signedByServer(node, {}));
    expect(new Set(signed.map((token) => decodeProtectedHeader(token).kid)).size).toBe(1);
    expect(((await (await nodes[0].get('/oauth/jwks')).json()) as Jwks).keys).toHaveLength(8);
  });

  it('A start with another key ring is stopped, and told what to do', async () => {
    await expect(app.startNode({ secretKeys: anotherKeyRing() })).rejects.toThrow(
      /does not open with SECRET_KEYS.*Put back/,
    );
  });
});
