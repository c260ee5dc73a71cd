import type { ClientCredentials, ClientProof } from './client-proof.js';

/** HTTP Basic, whose two halves are form-encoded before they are joined (RFC 6749 section 2.3.1). */
export const clientSecretBasic: ClientProof = ({ clientId, clientSecret = '' }) =>
  basic(formEncode(clientId), formEncode(clientSecret));

/** HTTP Basic with the two halves as they are, for providers that do not decode them. */
export const clientSecretBasicRaw: ClientProof = ({ clientId, clientSecret = '' }) => basic(clientId, clientSecret);

function basic(first: string, second: string): ClientCredentials {
  return { headers: { authorization: `Basic ${Buffer.from(`${first}:${second}`).toString('base64')}` }, fields: {} };
}

function formEncode(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length);
}
