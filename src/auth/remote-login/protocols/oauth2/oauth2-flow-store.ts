import type { Request } from 'express';
import type { StateStore } from 'passport-oauth2';
import { randomText } from '../../../../common/crypto/random-token.js';
import type { LoginExchange } from '../../flow/login-exchange.js';

type Stored = (error: Error | null, state?: string) => void;
type Verified = (error: Error | null, codeVerifier?: string | true) => void;

/**
 * Lets passport-oauth2 keep its state and PKCE verifier in our flow cookie. The state of an answer is verified before a
 * strategy is made for the answer, so `verify` only hands the verifier out.
 */
export class OAuth2FlowStore {
  constructor(private readonly exchange: LoginExchange) {}

  /** Remembers the flow. passport-oauth2 tells by the number of parameters that this store takes a PKCE verifier. */
  store(_request: Request, verifier: string | undefined, _state: unknown, _meta: object, done: Stored): void {
    const state = randomText();
    this.exchange.begin(state, verifier === undefined ? {} : { verifier }).then(() => done(null, state), done);
  }

  verify(_request: Request, _state: string, _meta: object, done: Verified): void {
    done(null, this.exchange.answer?.secrets.verifier ?? true);
  }

  /** This store for passport-oauth2, whose type definitions know only stores without PKCE. */
  asStateStore(): StateStore {
    return this as unknown as StateStore;
  }
}
