import { randomUUID } from 'node:crypto';
import { ClientRegistry } from '../../src/clients/client-registry.js';
import type { TokenResponse } from '../../src/oauth-server/token/grant.js';
import { TOKEN_FAMILIES, TokenFamilyRepository } from '../../src/oauth-server/token/token-family.repository.js';
import { TokenMint } from '../../src/oauth-server/token/token-mint.js';
import type { TestApp } from './test-app.js';

/** The tokens of a person's sign-in at a client, as the code flow gives them. */
export async function familyTokens(app: TestApp, clientId: string, userId: string): Promise<TokenResponse> {
  const client = await app.nest.get(ClientRegistry, { strict: false }).find(clientId);
  if (client === undefined) throw new Error(`${clientId} is not registered`);
  const now = app.clock.now();
  const expiresAt = new Date(now.getTime() + 86_400_000);
  const family = {
    period: TOKEN_FAMILIES.periodOf(expiresAt),
    id: randomUUID(),
    authorizationId: randomUUID(),
    clientId,
    userId,
    sessionId: undefined,
    scopes: ['openid', 'profile'],
    authTime: now,
    amr: ['pwd'],
    nonce: undefined,
    expiresAt,
  };
  const order = { client, grantType: 'authorization_code', scopes: family.scopes, family, withRefreshToken: true };
  const minted = await app.nest.get(TokenMint, { strict: false }).mint(order);
  await app.nest.get(TokenFamilyRepository, { strict: false }).found(family, minted);
  return minted.response;
}
