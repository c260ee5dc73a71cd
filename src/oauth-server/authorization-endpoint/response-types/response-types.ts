import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { sortedResponseType } from '../../../clients/client.js';
import { Registries, type Registry } from '../../../common/extension/registries.js';
import { AuthorizationOptions } from '../authorization.options.js';
import { ResponseTypePart, type ResponseTypePartHandler } from './response-type-part.js';

/** A response type that is offered here (RFC 6749 section 3.1.1). */
export interface ResponseType {
  /** The parts in the order in which they are issued. */
  readonly parts: readonly ResponseTypePartHandler[];
  /** True where a code is among the parts, which the token endpoint redeems. */
  readonly givesCode: boolean;
  /** The response mode where the request names none (OAuth 2.0 Multiple Response Type Encoding sections 2.1 and 5). */
  readonly defaultResponseMode: 'query' | 'fragment';
}

/**
 * The order of the parts. Each part can bind those before it: an id_token has the hashes of the code and of the access
 * token.
 */
const ORDER: readonly string[] = ['code', 'token', 'id_token'];

/** The response types on offer, each made of its parts. */
@Injectable()
export class ResponseTypes implements OnApplicationBootstrap {
  readonly #parts: Registry<ResponseTypePartHandler>;
  #offered: ReadonlyMap<string, ResponseType> | undefined;

  constructor(
    registries: Registries,
    private readonly options: AuthorizationOptions,
  ) {
    this.#parts = registries.of(ResponseTypePart);
  }

  /** Throws at boot when a response type is to be offered that has a part which no module provides. */
  onApplicationBootstrap(): void {
    this.#types();
  }

  /** Every response type on offer. */
  get names(): readonly string[] {
    return this.options.responseTypes ?? this.#parts.names;
  }

  /** The response type of this name, whose words may stand in any order; undefined when it is not offered. */
  find(name: string): ResponseType | undefined {
    return this.#types().get(sortedResponseType(name));
  }

  #types(): ReadonlyMap<string, ResponseType> {
    this.#offered ??= new Map(this.names.map((name) => [sortedResponseType(name), this.#composed(name)]));
    return this.#offered;
  }

  #composed(name: string): ResponseType {
    const words = name.split(' ').sort((one, other) => rankOf(one) - rankOf(other));
    return {
      parts: words.map((word) => this.#partOf(word, name)),
      givesCode: words.includes('code'),
      defaultResponseMode: name === 'code' ? 'query' : 'fragment',
    };
  }

  #partOf(word: string, name: string): ResponseTypePartHandler {
    const part = this.#parts.find(word);
    if (part === undefined) {
      throw new Error(
        `The response type "${name}" is to be offered, but no module provides a class with ` +
          `@ResponseTypePart('${word}'); there is ${this.#parts.names.join(', ')}.`,
      );
    }
    return part;
  }
}

/** True for a response type that hands out a token without the token endpoint, offered here or not. */
export function handsOutToken(responseType: string): boolean {
  return /\b(id_)?token\b/.test(responseType);
}

/** The place of a part in the order. A part of an application comes last, so that it is given every other parameter. */
function rankOf(word: string): number {
  const rank = ORDER.indexOf(word);
  return rank === -1 ? ORDER.length : rank;
}
