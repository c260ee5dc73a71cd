import { calculateJwkThumbprint, createLocalJWKSet, decodeProtectedHeader, type JWK, jwtVerify } from 'jose';
import { DataSource } from 'typeorm';
import { KeyRing } from '../../src/common/crypto/key-ring.js';
import type { SigningAlgorithm } from '../../src/oauth-server/keys/signing-algorithm.js';
import { SigningKeys } from '../../src/oauth-server/keys/signing-keys.js';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';

interface Jwks {
  keys: (JWK & { kid: string })[];
}

describe('/oauth/jwks', () => {
  let app: TestApp;
  let keys: SigningKeys;
  beforeAll(async () => {
    app = await TestApp.start();
    keys = app.nest.get(SigningKeys, { strict: false });
  });
  afterAll(() => app.stop());

  const jwks = async () => (await (await app.get('/oauth/jwks')).json()) as Jwks;
  const verified = async (token: string) => jwtVerify(token, createLocalJWKSet(await jwks()));

  it.each<SigningAlgorithm>(['ES256', 'RS256', 'EdDSA', 'PS256'])(
    'holds the key by which any JOSE library verifies what is signed with %s',
    async (algorithm) => {
      const { payload, protectedHeader } = await verified(keys.sign(algorithm, { typ: 'JWT' }, { sub: 'somebody' }));
      expect(payload).toEqual({ sub: 'somebody' });
      expect(protectedHeader).toMatchObject({ alg: algorithm, typ: 'JWT' });
    },
  );

  it('shows a current and a next key for each algorithm, and no private member', async () => {
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

  it('may be kept by anyone, and is not sent twice to whoever has it (RFC 9110 13.1.2)', async () => {
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

  it('keeps the previous key after a rotation, and signs with the one that was published as next', async () => {
    const published = new Set((await jwks()).keys.map(({ kid }) => kid));
    const before = keys.sign('ES256', {}, { sub: 'before' });
    await keys.rotate();
    const after = keys.sign('ES256', {}, { sub: 'after' });
    const kidBefore = decodeProtectedHeader(before).kid ?? '';
    const kidAfter = decodeProtectedHeader(after).kid ?? '';
    expect(kidAfter).not.toBe(kidBefore);
    expect(published.has(kidAfter)).toBe(true);
    expect((await verified(before)).payload.sub).toBe('before');
    expect((await verified(after)).payload.sub).toBe('after');
  });

  it('is the same on every node after a rotation on one', async () => {
    const node = await app.startNode();
    await keys.rotate();
    const kids = async (of: TestApp) =>
      ((await (await of.get('/oauth/jwks')).json()) as Jwks).keys.map(({ kid }) => kid);
    await eventually(async () => expect((await kids(node)).sort()).toEqual((await kids(app)).sort()));
    const { kid } = decodeProtectedHeader(node.nest.get(SigningKeys, { strict: false }).sign('ES256', {}, {}));
    expect(kid).toBe(decodeProtectedHeader(keys.sign('ES256', {}, {})).kid);
  });

  it('is made once by nodes that start together on a new database', async () => {
    await app.nest.get(DataSource).query('DELETE FROM gatehouse.signing_keys');
    const nodes = await Promise.all([app.startNode(), app.startNode(), app.startNode()]);
    const signed = nodes.map(({ nest }) => nest.get(SigningKeys, { strict: false }).sign('ES256', {}, {}));
    expect(new Set(signed.map((token) => decodeProtectedHeader(token).kid)).size).toBe(1);
    expect(((await (await nodes[0].get('/oauth/jwks')).json()) as Jwks).keys).toHaveLength(8);
  });

  it('stops a start with another key ring, and says what to do', async () => {
    await expect(app.startNode(KeyRing.generate())).rejects.toThrow(/does not open with SECRET_KEYS.*Put back/);
  });
});
