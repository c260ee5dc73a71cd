import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Issuer } from '../../common/config/issuer.js';
import { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import { METADATA_SOURCE, type MetadataSource } from '../../common/extension/metadata-source.js';
import { Memories } from '../../common/memory/memories.js';

const KEPT_MILLISECONDS = 1000;

/**
 * The server metadata (RFC 8414 section 2, OpenID Connect Discovery section 3): the issuer, and the members that
 * metadata sources give.
 */
@Injectable()
export class ServerMetadata implements OnApplicationBootstrap {
  #sources: readonly MetadataSource[] = [];
  #document: object = {};
  #madeAt = Number.NEGATIVE_INFINITY;
  #madeOf = -1;

  constructor(
    private readonly issuer: Issuer,
    private readonly providers: DecoratedProviders,
    private readonly memories: Memories,
  ) {}

  /** Throws at boot when two sources give one member. */
  onApplicationBootstrap(): void {
    this.#sources = this.providers.with<true, MetadataSource>(METADATA_SOURCE).map(({ provider }) => provider);
    const owners = new Map([['issuer', ServerMetadata.name]]);
    for (const source of this.#sources) {
      for (const member of Object.keys(source.metadata())) {
        const [one, other] = [owners.get(member), source.constructor.name];
        if (one !== undefined) {
          throw new Error(`${one} and ${other} both give the server metadata member "${member}". Leave it out of one.`);
        }
        owners.set(member, other);
      }
    }
  }

  /** The metadata document: made again when a memory was read again, and at least once a second. */
  document(): object {
    const now = performance.now();
    const { readings } = this.memories;
    if (readings === this.#madeOf && now - this.#madeAt < KEPT_MILLISECONDS) return this.#document;
    this.#madeAt = now;
    this.#madeOf = readings;
    this.#document = Object.assign({ issuer: this.issuer.url }, ...this.#sources.map((source) => source.metadata()));
    return this.#document;
  }
}
