import OAuth2Server from '@node-oauth/oauth2-server';
import express from 'express';
import { CLIENTS, END_USERS } from './clients.mjs';
import { make, run } from './database.mjs';

await make(`
  DROP SCHEMA IF EXISTS oauth2_server CASCADE; CREATE SCHEMA oauth2_server;
  CREATE TABLE oauth2_server.access_tokens (token text PRIMARY KEY, client_id text, user_id text, scope text[], expires_at timestamptz);
  CREATE TABLE oauth2_server.refresh_tokens (token text PRIMARY KEY, client_id text, user_id text, scope text[], expires_at timestamptz);
  CREATE TABLE oauth2_server.codes (code text PRIMARY KEY, client_id text, user_id text, scope text[], expires_at timestamptz,
    redirect_uri text, challenge text, method text)`);

const clients = new Map(
  CLIENTS.map(({ client_id: id, client_secret: secret, grant_types: grants, redirect_uris: redirectUris }) => [
    id,
    { id, secret, grants, redirectUris },
  ]),
);
const clientOf = (id) => clients.get(id);

/** One named statement for each call that needs the database; clients are in memory. */
const model = {
  getClient: async (id, secret) => {
    const client = clientOf(id);
    return client && (secret === null || secret === undefined || secret === client.secret) ? client : null;
  },
  getUserFromClient: async (client) => ({ id: client.id }),
  validateScope: async (_user, _client, scope) => scope ?? ['profile'],
  saveToken: async (token, client, user) => {
    const more = [client.id, user.id, token.scope ?? []];
    const access = [token.accessToken, ...more, token.accessTokenExpiresAt];
    const refresh = [token.refreshToken, ...more, token.refreshTokenExpiresAt];
    await Promise.all([
      run('access-save', 'INSERT INTO oauth2_server.access_tokens VALUES ($1, $2, $3, $4, $5)', access),
      token.refreshToken &&
        run('refresh-save', 'INSERT INTO oauth2_server.refresh_tokens VALUES ($1, $2, $3, $4, $5)', refresh),
    ]);
    return { ...token, client, user };
  },
  getAccessToken: async (accessToken) => {
    const { rows } = await run('access-find', 'SELECT * FROM oauth2_server.access_tokens WHERE token = $1', [
      accessToken,
    ]);
    const [row] = rows;
    return (
      row && {
        accessToken,
        accessTokenExpiresAt: row.expires_at,
        scope: row.scope,
        client: clientOf(row.client_id),
        user: { id: row.user_id },
      }
    );
  },
  getRefreshToken: async (refreshToken) => {
    const { rows } = await run('refresh-find', 'SELECT * FROM oauth2_server.refresh_tokens WHERE token = $1', [
      refreshToken,
    ]);
    const [row] = rows;
    return (
      row && {
        refreshToken,
        refreshTokenExpiresAt: row.expires_at,
        scope: row.scope,
        client: clientOf(row.client_id),
        user: { id: row.user_id },
      }
    );
  },
  revokeToken: async ({ refreshToken }) =>
    (await run('refresh-spend', 'DELETE FROM oauth2_server.refresh_tokens WHERE token = $1', [refreshToken]))
      .rowCount === 1,
  saveAuthorizationCode: async (code, client, user) => {
    await run('code-save', 'INSERT INTO oauth2_server.codes VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
      code.authorizationCode,
      client.id,
      user.id,
      code.scope ?? [],
      code.expiresAt,
      code.redirectUri,
      code.codeChallenge,
      code.codeChallengeMethod,
    ]);
    return { ...code, client, user };
  },
  getAuthorizationCode: async (authorizationCode) => {
    const { rows } = await run('code-find', 'SELECT * FROM oauth2_server.codes WHERE code = $1', [authorizationCode]);
    const [row] = rows;
    return (
      row && {
        authorizationCode,
        expiresAt: row.expires_at,
        redirectUri: row.redirect_uri,
        scope: row.scope,
        codeChallenge: row.challenge,
        codeChallengeMethod: row.method,
        client: clientOf(row.client_id),
        user: { id: row.user_id },
      }
    );
  },
  revokeAuthorizationCode: async ({ authorizationCode }) =>
    (await run('code-spend', 'DELETE FROM oauth2_server.codes WHERE code = $1', [authorizationCode])).rowCount === 1,
};

const { Request, Response } = OAuth2Server;
const server = new OAuth2Server({
  model,
  accessTokenLifetime: 3600,
  refreshTokenLifetime: 86_400,
  authorizationCodeLifetime: 60,
});
const app = express();
app.disable('x-powered-by');
/** The load generator reads the header as servers spell it. */
const send = ({ status, headers: { location, ...headers }, body }, to) =>
  to
    .status(status)
    .set({ ...headers, ...(location && { Location: location }) })
    .send(body);
const answered = (work) => async (request, response) => {
  const theirs = new Response(response);
  try {
    await work(new Request(request), theirs, response);
  } catch (error) {
    response.status(error.code ?? 500).json({ error: error.name, error_description: error.message });
  }
};

app.get('/health/:which', (_request, response) => response.json({ status: 'ok' }));
app.get('/bench/cookies', (_request, response) => response.json(END_USERS.map((_, index) => `session=${index}`)));
app.post(
  '/oauth/token',
  express.urlencoded({ extended: false }),
  answered(async (request, theirs, response) => {
    await server.token(request, theirs);
    send(theirs, response);
  }),
);
app.get(
  '/oauth/authorize',
  answered(async (request, theirs, response) => {
    const index = Number(/session=(\d+)/.exec(request.headers.cookie)?.[1]);
    await server.authorize(request, theirs, { authenticateHandler: { handle: () => ({ id: END_USERS[index] }) } });
    send(theirs, response);
  }),
);
app.get(
  '/api/me',
  answered(async (request, theirs, response) => {
    const { user } = await server.authenticate(request, theirs);
    response.json({ sub: user.id });
  }),
);
app.listen(Number(process.env.PORT));
