interface TokenIssued {
  readonly clientId: string;
  /** Undefined where a client acts in its own right. */
  readonly subject?: string | undefined;
  readonly grantType: string;
  readonly scopes: readonly string[];
  /** The token family that it hangs from; undefined where a client acts in its own right. */
  readonly familyId?: string | undefined;
}

interface TokenRefused {
  /** Undefined while the client has not proven itself. */
  readonly clientId?: string | undefined;
  /** The requested grant type, cut to 80 characters. */
  readonly grantType?: string | undefined;
  /** The code on the wire (RFC 6749 section 5.2). */
  readonly error: string;
  readonly reason: string;
  /** The reference id, which stands in the line of the log as well. */
  readonly referenceId: string;
}

interface EndUserAtClient {
  readonly clientId: string;
  readonly subject: string;
}

interface FamilyOfEndUser extends EndUserAtClient {
  readonly familyId: string;
}

interface TokenFamilyRevoked extends FamilyOfEndUser {
  readonly reason: string;
}

interface ConsentGiven extends EndUserAtClient {
  readonly authorizationId: string;
  readonly scopes: readonly string[];
}

interface AuthorizationTakenBack extends EndUserAtClient {
  readonly authorizationId: string;
}

interface SigningKeysRotated {
  /** The ids of the keys that sign from now on. */
  readonly keyIds: readonly string[];
}

interface SigningKeysRetired {
  /** The ids of the keys that verify no more. */
  readonly keyIds: readonly string[];
}

/** The events of the issuing side. */
export interface OAuthServerEvents {
  /** An access token, and what came with it, at the token or the authorization endpoint. */
  readonly 'token.issued': TokenIssued;
  /** A refusal of the token endpoint. */
  readonly 'token.refused': TokenRefused;
  /** Everything that came from one sign-in at a client ended. */
  readonly 'token_family.revoked': TokenFamilyRevoked;
  /** A spent refresh token came back later than a retry would (RFC 9700 section 4.14.2). */
  readonly 'refresh_token.reused': FamilyOfEndUser;
  /** A spent authorization code came back and ended what it gave (RFC 6749 section 4.1.2). */
  readonly 'authorization_code.replayed': FamilyOfEndUser;
  readonly 'consent.given': ConsentGiven;
  readonly 'authorization.taken_back': AuthorizationTakenBack;
  readonly 'signing_keys.rotated': SigningKeysRotated;
  /** Keys were withdrawn at once, with whatever they signed. */
  readonly 'signing_keys.retired': SigningKeysRetired;
}

declare module '../common/events/gatehouse-event.js' {
  interface GatehouseEvents extends OAuthServerEvents {}
}
