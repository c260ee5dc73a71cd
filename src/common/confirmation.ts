/**
 * The key that a token is bound to, as the `cnf` claim says it (RFC 7800 section 3.1): the SHA-256 JWK thumbprint of a
 * DPoP key (RFC 9449 section 6.1), or the SHA-256 thumbprint of a client certificate (RFC 8705 section 3.1). Both are
 * base64url. A bound token is good only together with a proof that its presenter has the key.
 */
export type Confirmation = { readonly jkt: string } | { readonly 'x5t#S256': string };
