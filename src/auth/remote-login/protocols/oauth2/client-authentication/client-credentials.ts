import type { ClientAuthenticationMethod } from '../../../settings/remote-app-settings.js';
import type { OAuthClientApp } from '../oauth2-app.js';
import type { AuthenticationOccasion, ClientCredentials, ClientProof } from './client-proof.js';
import { clientSecretBasic, clientSecretBasicRaw } from './client-secret-basic.method.js';
import { clientSecretJwt } from './client-secret-jwt.method.js';
import { clientSecretPost } from './client-secret-post.method.js';
import { mintedSecret } from './minted-secret.method.js';
import { none } from './none.method.js';
import { privateKeyJwt } from './private-key-jwt.method.js';

const METHODS: Readonly<Record<ClientAuthenticationMethod, ClientProof>> = {
  client_secret_basic: clientSecretBasic,
  client_secret_basic_raw: clientSecretBasicRaw,
  client_secret_post: clientSecretPost,
  client_secret_jwt: clientSecretJwt,
  private_key_jwt: privateKeyJwt,
  minted_secret: mintedSecret,
  none,
};

/** The credentials in the one place where the remote app's method puts them (RFC 6749 section 2.3.1, RFC 7523 section 2.2). */
export async function clientCredentials(
  app: OAuthClientApp,
  occasion: AuthenticationOccasion,
): Promise<ClientCredentials> {
  return METHODS[app.clientAuthentication](app, occasion);
}
