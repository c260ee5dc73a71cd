import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Issuer } from '../../common/config/issuer.js';
import { DecoratedProviders } from '../../common/extension/decorated-providers.js';
import { METADATA_SOURCE, type MetadataSource } from '../../common/extension/metadata-source.js';

/**
 * The server metadata (RFC 8414 section 2, OpenID Connect Discovery section 3): the issuer, and the members that
 * metadata sources give.
 */
@Injectable()
export class ServerMetadata implements OnApplicationBootstrap {
  #sources: readonly MetadataSource[] = [];

  constructor(
    private readonly issuer: Issuer,
    private readonly providers: DecoratedProviders,
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

  /** The metadata document of this moment. */
  document(): object {
    return Object.assign({ issuer: this.issuer.url }, ...this.#sources.map((source) => source.metadata()));
  }
}
