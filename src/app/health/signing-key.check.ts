import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/time/clock.js';
import { SigningKeys } from '../../oauth-server/keys/signing-keys.js';
import type { HealthCheck } from './health-check.js';

const DAY_MILLISECONDS = 86_400_000;

/** There is a key to sign tokens with by every algorithm; tells for how many days the oldest has been signing. */
@Injectable()
export class SigningKeyCheck implements HealthCheck {
  readonly name = 'signing_key';

  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  check(): void {
    const { unsigned } = this.keys;
    if (unsigned.length > 0) throw new Error(`No key signs ${unsigned.join(', ')}`);
  }

  tell(): Readonly<Record<string, number>> {
    const signing = this.keys.all.filter(({ stage }) => stage === 'current');
    const oldest = Math.min(...signing.map(({ since }) => since.getTime()));
    if (signing.length === 0) return {};
    return { ageDays: Math.max(0, Math.floor((this.clock.now().getTime() - oldest) / DAY_MILLISECONDS)) };
  }
}
