import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DecoratedProviders } from '../extension/decorated-providers.js';
import { ReadableLog } from '../log/readable-log.js';
import { Events } from './events.js';
import type { GatehouseEvent, GatehouseEventType } from './gatehouse-event.js';
import { type GatehouseListener, ON_GATEHOUSE } from './on-gatehouse.decorator.js';

interface Heard {
  readonly types: readonly GatehouseEventType[];
  readonly listener: GatehouseListener;
}

/** Tells events to the listeners of this process. */
@Injectable()
export class ToldEvents extends Events implements OnModuleInit {
  readonly #logger = new Logger(Events.name);
  #heard: readonly Heard[] = [];

  constructor(
    private readonly providers: DecoratedProviders,
    private readonly log: ReadableLog,
  ) {
    super();
  }

  /** Throws at boot for a listener that cannot hear. */
  onModuleInit(): void {
    const listeners = this.providers.with<readonly GatehouseEventType[], GatehouseListener>(ON_GATEHOUSE);
    this.#heard = listeners.map(({ meta: types, provider: listener }) => {
      if (typeof listener.handle !== 'function')
        throw new Error(`${(listener as object).constructor.name} listens by @OnGatehouse but has no handle().`);
      return { types, listener };
    });
  }

  emit(event: GatehouseEvent): void {
    for (const { types, listener } of this.#heard) {
      if (types.length === 0 || types.includes(event.type)) this.#tell(listener, event);
    }
  }

  #tell(listener: GatehouseListener, event: GatehouseEvent): void {
    const failed = (error: unknown) => {
      const detail = error instanceof Error ? error.stack : String(error);
      const kind = `${listener.constructor.name} failed on ${event.type}`;
      this.log.error(this.#logger, kind, `${kind}: ${detail}`, undefined);
    };
    try {
      listener.handle(event)?.catch(failed);
    } catch (error) {
      failed(error);
    }
  }
}
