import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DecoratedProviders } from '../../../common/extension/decorated-providers.js';
import { RESPONSE_MODE, type ResponseModeHandler } from './response-mode.js';

/** The registered response modes by name. */
@Injectable()
export class ResponseModeRegistry implements OnApplicationBootstrap {
  #byName: ReadonlyMap<string, ResponseModeHandler> = new Map();

  constructor(private readonly providers: DecoratedProviders) {}

  onApplicationBootstrap(): void {
    this.#byName = this.providers.byName<ResponseModeHandler>(RESPONSE_MODE, 'response mode', ['answer']);
  }

  /** Every response mode on offer. */
  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** The response mode of this name. */
  find(name: string): ResponseModeHandler | undefined {
    return this.#byName.get(name);
  }
}
