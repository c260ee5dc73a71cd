import { issuedAt, signed } from './client-assertion.js';
import { type ClientProof, inTheBody } from './client-proof.js';

/** Apple's: the secret in the body is a JWT in which the team speaks for one of its clients, minted for each request. */
export const mintedSecret: ClientProof = async (app, { tokenUrl, issuer, now }) => {
  const secret = (await issuedAt(now))
    .setIssuer(app.signing?.teamId ?? '')
    .setSubject(app.clientId)
    .setAudience(issuer ?? new URL(tokenUrl).origin);
  return inTheBody(app.clientId, await signed(app, secret));
};
