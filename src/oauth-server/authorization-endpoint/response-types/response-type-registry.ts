import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DecoratedProviders } from '../../../common/extension/decorated-providers.js';
import { RESPONSE_TYPE, type ResponseTypeHandler } from './response-type.js';

/** The registered response types by name; the order of the words in a name does not matter (RFC 6749 section 3.1.1). */
@Injectable()
export class ResponseTypeRegistry implements OnApplicationBootstrap {
  #byName: ReadonlyMap<string, ResponseTypeHandler> = new Map();

  constructor(private readonly providers: DecoratedProviders) {}

  onApplicationBootstrap(): void {
    const claimed = this.providers.byName<ResponseTypeHandler>(RESPONSE_TYPE, 'response type', ['respond']);
    this.#byName = new Map([...claimed].map(([name, handler]) => [inOrder(name), handler]));
  }

  /** Every response type on offer. */
  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** The response type of this name. */
  find(name: string): ResponseTypeHandler | undefined {
    return this.#byName.get(inOrder(name));
  }
}

function inOrder(name: string): string {
  return name.split(' ').sort().join(' ');
}
