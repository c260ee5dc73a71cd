import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';

/** Adds members of your own to client metadata: checked where a client is registered, kept, and read at `client.metadata`. */
export interface ClientMetadataExtension {
  /** A zod rule for each member, for example `{ department: z.string().optional() }`. */
  readonly members: z.ZodRawShape;
}

/** Metadata key of `@ClientMetadataExtension`. */
export const CLIENT_METADATA_EXTENSION = 'gatehouse:client-metadata-extension';

/** Registers an injectable class that implements ClientMetadataExtension; list it in any module. */
export const ClientMetadataExtension = (): ClassDecorator => SetMetadata(CLIENT_METADATA_EXTENSION, true);
