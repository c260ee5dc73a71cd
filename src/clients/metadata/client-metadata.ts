import { z } from 'zod';
import { consentFragment } from './consent.fragment.js';
import { coreFragment } from './core.fragment.js';
import { introspectionFragment } from './introspection.fragment.js';
import { openidFragment } from './openid.fragment.js';
import { pkceFragment } from './pkce.fragment.js';
import { tokensFragment } from './tokens.fragment.js';

/**
 * The client metadata that Gatehouse knows: RFC 7591 section 2, and a fragment for each feature that adds to it. A new
 * feature is one more fragment beside the others and one more name here.
 */
export const clientMetadata = z.object({
  ...coreFragment.shape,
  ...openidFragment.shape,
  ...pkceFragment.shape,
  ...tokensFragment.shape,
  ...consentFragment.shape,
  ...introspectionFragment.shape,
});

/**
 * Validated metadata with its defaults filled in. An application that adds members of its own by
 * `@ClientMetadataExtension` makes them known to the compiler by declaration merging:
 * `declare module 'gatehouse' { interface ClientMetadata { readonly department?: string } }`.
 */
export interface ClientMetadata extends Readonly<z.output<typeof clientMetadata>> {}

/** Metadata as a file or a registration request gives it. */
export type ClientMetadataInput = z.input<typeof clientMetadata>;
