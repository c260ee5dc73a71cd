import type { GatehouseEvent } from './gatehouse-event.js';

/** Where things that happened are told: audit, metrics, logs and an application's own handlers listen. */
export abstract class Events {
  /**
   * Tells every listener, in no particular order. To be called after the commit, so that nobody hears of a change that
   * is then rolled back. Never throws.
   */
  abstract emit(event: GatehouseEvent): void;
}
