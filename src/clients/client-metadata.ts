import { z } from 'zod';

const seconds = z.number().int().positive();
const url = z.url();
const names = z.array(z.string().min(1));

/**
 * Client metadata of RFC 7591 section 2 with OpenID Connect Dynamic Client Registration section 2, and members of our
 * own for what those leave out. Unknown members are dropped, as RFC 7591 section 2 allows.
 */
export const clientMetadata = z.object({
  client_name: z.string().min(1).max(200).optional(),
  client_uri: url.optional(),
  logo_uri: url.optional(),
  policy_uri: url.optional(),
  tos_uri: url.optional(),
  contacts: z.array(z.string()).optional(),
  redirect_uris: z.array(url).default([]),
  grant_types: names.default(['authorization_code']),
  response_types: names.default(['code']),
  /** Space-delimited; a client may ask for these and no others. */
  scope: z.string().default(''),
  token_endpoint_auth_method: z.string().default('client_secret_basic'),
  /** `plain` is refused unless listed (RFC 9700 section 2.1.1). */
  code_challenge_methods: z.array(z.enum(['S256', 'plain'])).default(['S256']),
  id_token_signed_response_alg: z.enum(['RS256', 'ES256', 'EdDSA', 'PS256']).default('RS256'),
  default_max_age: z.number().int().nonnegative().optional(),
  require_auth_time: z.boolean().default(false),
  /** Skips consent: the operator's own client. */
  first_party: z.boolean().default(false),
  /** May introspect every token whose audience it is (RFC 7662 section 4). */
  resource_server: z.boolean().default(false),
  /** Shown as the publisher on the consent page. */
  publisher: z.string().max(200).optional(),
  access_token_format: z.string().default('jwt'),
  access_token_lifetime: seconds.optional(),
  authorization_code_lifetime: seconds.optional(),
  refresh_token_lifetime: seconds.optional(),
  id_token_lifetime: seconds.optional(),
});

/** Validated metadata with its defaults filled in. */
export type ClientMetadata = z.output<typeof clientMetadata>;

/** Metadata as a file or a registration request gives it. */
export type ClientMetadataInput = z.input<typeof clientMetadata>;
