import { randomUUID } from 'node:crypto';
import { ClientRepository } from '../../src/clients/client.repository.js';
import { s256Challenge } from '../../src/common/crypto/pkce.js';
import { AuthorizationRepository } from '../../src/oauth-server/storage/authorization.repository.js';
import { AuthorizationCodeRepository } from '../../src/oauth-server/storage/authorization-code.repository.js';
import { TokenIssuer } from '../../src/oauth-server/tokens/token-issuer.js';
import { VERIFIER } from './authorization-request.js';
import type { TestApp } from './test-app.js';

/** The redirect URI that `issueCode` puts into a code. */
export const REDIRECT_URI = 'https://client.example/callback';

/** A code for VERIFIER, as the authorization endpoint gives it once the end user has allowed the client's scopes. */
export async function issueCode(app: TestApp, clientId: string, userId: string): Promise<string> {
  const get = <Type>(type: new (...parameters: never[]) => Type) => app.nest.get<Type>(type, { strict: false });
  const client = await get(ClientRepository).find(clientId);
  if (client === undefined) throw new Error(`There is no client ${clientId}`);
  const now = app.clock.now();
  return get(AuthorizationCodeRepository).create({
    family: get(TokenIssuer).nameFamily(),
    authorizationId: await get(AuthorizationRepository).allow(userId, clientId, client.scopes),
    clientId,
    subject: userId,
    signIn: { sessionId: randomUUID(), authTime: now, amr: ['pwd'] },
    granted: { scopes: client.scopes },
    confirmation: undefined,
    redirectUri: REDIRECT_URI,
    challenge: { text: s256Challenge(VERIFIER), method: 'S256' },
    nonce: 'a nonce',
    expiresAt: new Date(now.getTime() + 60_000),
  });
}
