import { SetMetadata, type Type } from '@nestjs/common';
import type { GatehouseEvent, GatehouseEventType } from './gatehouse-event.js';

/** Hears of events. */
export interface GatehouseListener<Types extends GatehouseEventType = GatehouseEventType> {
  /**
   * Called at once, on the way of the request that made the event happen, so long work must be left for later. An error
   * that is thrown or rejected is logged and changes nothing for the request.
   */
  handle(event: GatehouseEvent<Types>): void | Promise<void>;
}

/** Metadata key of `@OnGatehouse`: the types of events, none for all. */
export const ON_GATEHOUSE = 'gatehouse:on';

/**
 * Registers an injectable class that implements GatehouseListener for these types of events, or for all without any;
 * list it in any module.
 */
export const OnGatehouse = <Types extends GatehouseEventType = GatehouseEventType>(
  ...types: Types[]
): ((listener: Type<GatehouseListener<Types>>) => void) => SetMetadata(ON_GATEHOUSE, types);
