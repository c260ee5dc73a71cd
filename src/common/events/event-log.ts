import { Injectable, Logger } from '@nestjs/common';
import type { GatehouseEvent, GatehouseEventType } from './gatehouse-event.js';
import { type GatehouseListener, OnGatehouse } from './on-gatehouse.decorator.js';

/** What somebody should look at, because a token or a code came back that only a thief or a broken client would send. */
const ALARMING: readonly string[] = ['refresh_token.reused', 'authorization_code.replayed'];

/** Writes each event as one line of JSON: what is alarming as a warning, everything else at the level `log`. */
@Injectable()
@OnGatehouse()
export class EventLog implements GatehouseListener {
  readonly #logger = new Logger('Event');

  handle(event: GatehouseEvent): void {
    const level = ALARMING.includes(event.type satisfies GatehouseEventType) ? 'warn' : 'log';
    if (Logger.isLevelEnabled(level)) this.#logger[level](JSON.stringify(event));
  }
}
