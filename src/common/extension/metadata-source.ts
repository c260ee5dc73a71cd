import { SetMetadata } from '@nestjs/common';

/**
 * Gives a part of the server metadata (RFC 8414 section 2): the members that one endpoint, door or module of yours
 * answers for.
 */
export interface MetadataSource {
  /**
   * The members of this part, asked for again once a second while the document is asked for; each belongs to one source
   * alone. Members that are undefined are left out.
   */
  metadata(): Readonly<Record<string, unknown>>;
}

/** Metadata key of `@MetadataSource`. */
export const METADATA_SOURCE = 'gatehouse:metadata-source';

/** Adds an injectable class that implements MetadataSource to the server metadata; list it in any module. */
export const MetadataSource = (): ClassDecorator => SetMetadata(METADATA_SOURCE, true);
