import type { ClientProof } from './client-proof.js';

/** A public client, which names itself and proves nothing (RFC 6749 section 2.1). */
export const none: ClientProof = ({ clientId: client_id }) => ({ headers: {}, fields: { client_id } });
