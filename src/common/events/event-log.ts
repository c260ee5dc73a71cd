import { Injectable, Logger } from '@nestjs/common';
import { ReadableLog } from '../log/readable-log.js';
import type { GatehouseEvent, GatehouseEventType } from './gatehouse-event.js';
import { type GatehouseListener, OnGatehouse } from './on-gatehouse.decorator.js';

/** The events that tell afterwards who got in, who did not, and what was stolen or changed. */
const SECURITY: readonly string[] = [
  'account.linked',
  'account.unlinked',
  'authorization.taken_back',
  'authorization_code.replayed',
  'client.disabled',
  'client.enabled',
  'client.removed',
  'client.secret_rotated',
  'consent.given',
  'end_user.signed_in',
  'end_user.signed_out',
  'refresh_token.reused',
  'session.ended',
  'sign_in.failed',
  'sign_in.throttled',
  'signing_keys.rotated',
  'user.disabled',
  'user.enabled',
  'user.password_changed',
  'user.removed',
];

/**
 * Writes each event as one line of JSON: those of security at the level `warn`, which is written by default, everything
 * else at `log`.
 */
@Injectable()
@OnGatehouse()
export class EventLog implements GatehouseListener {
  readonly #logger = new Logger('Event');

  constructor(private readonly log: ReadableLog) {}

  handle(event: GatehouseEvent): void {
    const type: GatehouseEventType = event.type;
    if (SECURITY.includes(type)) this.log.warn(this.#logger, type, JSON.stringify(event));
    else if (Logger.isLevelEnabled('log')) this.#logger.log(JSON.stringify(event));
  }
}
