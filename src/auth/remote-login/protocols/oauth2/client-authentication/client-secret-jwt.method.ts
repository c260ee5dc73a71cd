import { asserted, assertion } from './client-assertion.js';
import type { ClientProof } from './client-proof.js';

/** An assertion under the secret, by HS256 (OpenID Connect Core section 9). */
export const clientSecretJwt: ClientProof = async (app, occasion) => {
  const jwt = (await assertion(app, occasion)).setProtectedHeader({ alg: 'HS256' });
  return asserted(app, await jwt.sign(new TextEncoder().encode(app.clientSecret)));
};
