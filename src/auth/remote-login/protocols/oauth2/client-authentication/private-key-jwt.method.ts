import { asserted, assertion, signed } from './client-assertion.js';
import type { ClientProof } from './client-proof.js';

/** An assertion under the client's private key (OpenID Connect Core section 9). */
export const privateKeyJwt: ClientProof = async (app, occasion) =>
  asserted(app, await signed(app, await assertion(app, occasion)));
