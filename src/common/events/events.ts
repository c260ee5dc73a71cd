import type { GatehouseEvent } from './gatehouse-event.js';

/** Tells listeners of things that happened. Listeners are audit, metrics, logs and handlers of an application. */
export abstract class Events {
  /**
   * Tells every listener, in no particular order. To be called after the commit, so that nobody hears of a change that
   * is then rolled back. Never throws.
   */
  abstract emit(event: GatehouseEvent): void;
}
