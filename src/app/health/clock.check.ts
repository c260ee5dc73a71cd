import { Injectable } from '@nestjs/common';
import { DatabaseClock } from '../../common/database/database-clock.js';
import type { HealthCheck } from './health-check.js';

/** Tells of a machine whose clock is wrong; it serves all the same, by the time of the database. */
@Injectable()
export class ClockCheck implements HealthCheck {
  readonly name = 'clock';

  constructor(private readonly clock: DatabaseClock) {}

  check(): void {}

  tell(): Readonly<Record<string, string>> {
    return this.clock.isFarOff ? { note: `This machine is ${this.clock.deviation}` } : {};
  }
}
