import { type ClientProof, inTheBody } from './client-proof.js';

/** The secret in the body (RFC 6749 section 2.3.1). */
export const clientSecretPost: ClientProof = ({ clientId, clientSecret = '' }) => inTheBody(clientId, clientSecret);
