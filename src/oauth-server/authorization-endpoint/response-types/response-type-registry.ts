import { Injectable } from '@nestjs/common';
import { Registries, type Registry } from '../../../common/extension/registries.js';
import { ResponseType, type ResponseTypeHandler } from './response-type.js';

/** The registered response types by name; the order of the words in a name does not matter (RFC 6749 section 3.1.1). */
@Injectable()
export class ResponseTypeRegistry {
  readonly #types: Registry<ResponseTypeHandler>;

  constructor(registries: Registries) {
    this.#types = registries.of(ResponseType);
  }

  /** Every response type on offer. */
  get names(): readonly string[] {
    return this.#types.names;
  }

  /** The response type of this name. */
  find(name: string): ResponseTypeHandler | undefined {
    return this.#types.entries.find(([claimed]) => inOrder(claimed) === inOrder(name))?.[1];
  }
}

function inOrder(name: string): string {
  return name.split(' ').sort().join(' ');
}
