/**
 * Port: keeps what must be remembered of a sign-in at a provider until the provider has answered, such as a PKCE
 * verifier or the secret of temporary credentials. As long as it is not replaced, a sealed cookie keeps that, and
 * PostgreSQL what is too long for one. A store of yours keeps all of it; any cache will do that has get and set with a
 * lifetime. What it is given is sealed, and of no use without a cookie of the browser that began the sign-in.
 */
export abstract class LoginFlowStore {
  /** Keeps a text under a key, for so many seconds at least. */
  abstract save(key: string, sealed: string, lifetimeSeconds: number): Promise<void>;
  /** The text of a key; undefined when there is none, or none any more. */
  abstract fetch(key: string): Promise<string | undefined>;
}
