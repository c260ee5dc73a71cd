import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, jwtVerify } from 'jose';
import Provider from 'oidc-provider';
import { CLIENTS, END_USERS } from './clients.mjs';
import { make, run } from './database.mjs';

await make(`
  DROP SCHEMA IF EXISTS oidc_provider CASCADE; CREATE SCHEMA oidc_provider;
  CREATE TABLE oidc_provider.payloads (
    kind text, id text, payload jsonb NOT NULL, grant_id text, uid text, expires_at timestamptz, PRIMARY KEY (kind, id));
  CREATE INDEX ON oidc_provider.payloads (grant_id) WHERE grant_id IS NOT NULL;
  CREATE INDEX ON oidc_provider.payloads (uid) WHERE uid IS NOT NULL`);

/** As fast as is fair: one named statement for each call of the interface. */
class PostgresAdapter {
  constructor(kind) {
    this.kind = kind;
  }

  upsert(id, payload, expiresIn) {
    const expiresAt = expiresIn ? new Date(Date.now() + expiresIn * 1000) : null;
    return run(
      'upsert',
      `INSERT INTO oidc_provider.payloads VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (kind, id) DO UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at`,
      [this.kind, id, payload, payload.grantId ?? null, payload.uid ?? null, expiresAt],
    );
  }

  async find(id) {
    const { rows } = await run('find', 'SELECT payload FROM oidc_provider.payloads WHERE kind = $1 AND id = $2', [
      this.kind,
      id,
    ]);
    return rows[0]?.payload;
  }

  async findByUid(uid) {
    const { rows } = await run('uid', 'SELECT payload FROM oidc_provider.payloads WHERE uid = $1 AND kind = $2', [
      uid,
      this.kind,
    ]);
    return rows[0]?.payload;
  }

  consume(id) {
    return run(
      'consume',
      `UPDATE oidc_provider.payloads SET payload = jsonb_set(payload, '{consumed}', to_jsonb($3::bigint)) WHERE kind = $1 AND id = $2`,
      [this.kind, id, Math.floor(Date.now() / 1000)],
    );
  }

  destroy(id) {
    return run('destroy', 'DELETE FROM oidc_provider.payloads WHERE kind = $1 AND id = $2', [this.kind, id]);
  }

  revokeByGrantId(grantId) {
    return run('grant', 'DELETE FROM oidc_provider.payloads WHERE grant_id = $1', [grantId]);
  }
}

const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
const withJwt = new Set(
  CLIENTS.filter((client) => client.access_token_format !== 'opaque').map((client) => client.client_id),
);
const API = 'urn:bench:api';
const SCOPE = 'openid profile offline_access';
const issuer = process.env.ISSUER;

const provider = new Provider(issuer, {
  adapter: PostgresAdapter,
  jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }] },
  clients: CLIENTS.map(({ client_id, client_secret, grant_types, response_types, redirect_uris, scope }) => ({
    client_id,
    client_secret,
    grant_types,
    response_types,
    redirect_uris: redirect_uris ?? [],
    scope,
    id_token_signed_response_alg: 'ES256',
  })),
  scopes: ['openid', 'profile', 'offline_access'],
  claims: { profile: ['name'] },
  routes: {
    authorization: '/oauth/authorize',
    token: '/oauth/token',
    introspection: '/oauth/introspect',
    revocation: '/oauth/revoke',
    userinfo: '/oauth/userinfo',
    jwks: '/oauth/jwks',
  },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (_ctx, client) => (withJwt.has(client.clientId) ? API : undefined),
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        scope: SCOPE,
        audience: API,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId, name: accountId }) }),
  ttl: {
    AccessToken: 3600,
    ClientCredentials: 3600,
    AuthorizationCode: 60,
    IdToken: 3600,
    RefreshToken: 86_400,
    Session: 86_400,
    Grant: 86_400,
  },
});

/** Signs end users in, with a grant for each client, as their sign-in and consent would have. */
async function sessions() {
  const ids = [];
  for (const accountId of END_USERS) {
    const session = new provider.Session({});
    session.loginAccount({ accountId, loginTs: Math.floor(Date.now() / 1000) });
    for (const { client_id: clientId, grant_types } of CLIENTS) {
      if (!grant_types.includes('authorization_code')) continue;
      const grant = new provider.Grant({ accountId, clientId });
      grant.addOIDCScope(SCOPE);
      grant.addResourceScope(API, SCOPE);
      session.ensureClientContainer(clientId);
      session.grantIdFor(clientId, await grant.save());
    }
    await session.save(86_400);
    ids.push(`_session=${session.id ?? session.jti}`);
  }
  return ids;
}

async function accountOf(token) {
  if (token.includes('.')) {
    const { payload } = await jwtVerify(token, publicKey, { issuer, audience: API });
    return payload.sub;
  }
  const found = await provider.AccessToken.find(token);
  return found?.isValid ? found.accountId : undefined;
}

const handle = provider.callback();
createServer(async (request, response) => {
  const json = (body, status = 200) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.url.startsWith('/health/')) return json({ status: 'ok' });
  if (request.url === '/bench/cookies') return json(await sessions());
  if (request.url !== '/api/me') return handle(request, response);
  const sub = await accountOf(request.headers.authorization?.slice('Bearer '.length) ?? '').catch(() => undefined);
  return sub === undefined ? json({ error: 'invalid_token' }, 401) : json({ sub });
}).listen(Number(process.env.PORT));
