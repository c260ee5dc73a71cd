/**
 * The key that a token is bound to, as the `cnf` claim says it: the SHA-256 JWK thumbprint of a
 * DPoP key, or the SHA-256 thumbprint of a client certificate. Both are
 * base64url. A bound token is good only together with a proof that its presenter has the key.
 */
export type Confirmation = { readonly jkt: string } | { readonly 'x5t#S256': string };
