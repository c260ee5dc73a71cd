import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../common/crypto/key-ring.js';
import { InvalidRequestError } from '../../../common/errors/rfc6749.errors.js';
import type { RemoteApp } from '../remote-app.js';
import type { LoginAttempt } from './login-attempt.js';

/**
 * Scopes that a sign-in asks a provider for besides those of the app's settings. The address that starts the sign-in has
 * them sealed, so that no link from elsewhere has end users allow a provider more than this application wants.
 */
@Injectable()
export class FurtherScopes {
  constructor(private readonly keys: KeyRing) {}

  /** A sign-in that asks for these scopes as well. */
  asked(attempt: LoginAttempt, scopes: readonly string[]): LoginAttempt {
    return { ...attempt, scopes, ask: this.keys.sealJson({ scopes }, contextOf(attempt.app)) };
  }

  /** The sign-in with what the parameter `ask` says. Raises InvalidRequestError for one that this server did not seal. */
  read(attempt: LoginAttempt, ask: string | undefined): LoginAttempt {
    if (ask === undefined) return attempt;
    const asked = this.keys.openJson<Required<Pick<LoginAttempt, 'scopes'>>>(ask, contextOf(attempt.app));
    if (asked === undefined)
      throw new InvalidRequestError({ description: 'ask is not from this server; leave it out' });
    return { ...attempt, scopes: asked.scopes, ask };
  }
}

function contextOf({ name }: RemoteApp): string {
  return `further scopes:${name}`;
}
