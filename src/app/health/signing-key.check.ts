import { Injectable } from '@nestjs/common';
import { SigningKeys } from '../../oauth-server/keys/signing-keys.js';
import type { HealthCheck } from './health-check.js';

/** Checks that there are keys to sign tokens with. */
@Injectable()
export class SigningKeyCheck implements HealthCheck {
  readonly name = 'signing_key';

  constructor(private readonly keys: SigningKeys) {}

  check(): void {
    if (this.keys.publicJwks().keys.length === 0) throw new Error('No signing key is loaded');
  }
}
