import { randomUUID } from 'node:crypto';
import { ClientRepository } from '../../src/clients/client.repository.js';
import { s256Challenge } from '../../src/common/crypto/pkce.js';
import type { GrantedRequest } from '../../src/oauth-server/authorization-endpoint/response-types/response-type.js';
import { AuthorizationRepository } from '../../src/oauth-server/storage/authorization.repository.js';
import { AuthorizationCodeRepository } from '../../src/oauth-server/storage/authorization-code.repository.js';
import { VERIFIER } from './authorization-request.js';
import type { TestApp } from './test-app.js';

/** The redirect URI that `issueCode` puts into a code. */
export const REDIRECT_URI = 'https://client.example/callback';

/** A code for VERIFIER, as the authorization endpoint gives it once the end user has allowed these scopes. */
export async function issueCode(
  app: TestApp,
  clientId: string,
  userId: string,
  changes: Partial<GrantedRequest> = {},
): Promise<string> {
  const get = <Type>(type: new (...parameters: never[]) => Type) => app.nest.get<Type>(type, { strict: false });
  const client = await get(ClientRepository).find(clientId);
  if (client === undefined) throw new Error(`There is no client ${clientId}`);
  const granted = changes.granted ?? { scopes: client.scopes };
  const now = app.clock.now();
  return get(AuthorizationCodeRepository).create({
    client,
    authorizationId: await get(AuthorizationRepository).allow(userId, clientId, granted.scopes),
    endUser: { userId, sessionId: randomUUID(), authTime: now, amr: ['pwd'], confirmedAt: now },
    granted,
    redirectUriParameter: REDIRECT_URI,
    nonce: 'a nonce',
    codeChallenge: s256Challenge(VERIFIER),
    codeChallengeMethod: 'S256',
    ...changes,
  });
}
