/** Claims by their names on the wire, as a class of the application's gives them. */
export type GivenClaims = Readonly<Record<string, unknown>>;

/** The claims that the protocol sets, which mean what it says and nothing else. */
const SET_BY_PROTOCOL: ReadonlySet<string> = new Set([
  // RFC 7519 section 4.1
  ...['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'],
  // RFC 9068 section 2.2, RFC 7800 section 3.1, RFC 8693 section 4, RFC 9396 section 9
  ...['auth_time', 'acr', 'amr', 'client_id', 'scope', 'cnf', 'act', 'may_act', 'authorization_details'],
  // RFC 7662 section 2.2
  ...['active', 'token_type'],
  // OpenID Connect Core sections 2 and 3.3.2.11, OpenID Connect Back-Channel Logout section 2.4
  ...['nonce', 'azp', 'at_hash', 'c_hash', 's_hash', 'sid', 'events'],
  // Our own, in JWTs
  'gatehouse_family',
]);

/**
 * The given claims that have a value. Raises an Error that names the class for a claim that the protocol sets, since a
 * client or resource server would take it for the server's own word.
 */
export function checkedClaims(source: object, given: GivenClaims): Record<string, unknown> {
  const checked: Record<string, unknown> = {};
  for (const name of Object.keys(given)) {
    if (given[name] === undefined) continue;
    if (SET_BY_PROTOCOL.has(name)) {
      throw new Error(
        `${source.constructor.name} gives the claim "${name}", which the protocol sets. Name it otherwise.`,
      );
    }
    checked[name] = given[name];
  }
  return checked;
}
