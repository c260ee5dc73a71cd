import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, type NestMiddleware } from '@nestjs/common';
import { DatabaseClock } from './database-clock.js';

const PATIENCE_MILLISECONDS = 500;

/**
 * Asks the database for the time before a request is judged, where the clock of this machine was set or the machine
 * slept.
 */
@Injectable()
export class ClockMiddleware implements NestMiddleware {
  constructor(private readonly clock: DatabaseClock) {}

  use(_request: unknown, _response: unknown, next: () => void): void {
    if (!this.clock.isAdrift) {
      next();
      return;
    }
    const patience = delay(PATIENCE_MILLISECONDS, undefined, { ref: false });
    void Promise.race([this.clock.measure(), patience]).then(() => next());
  }
}
