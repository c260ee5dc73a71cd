import { z } from 'zod';
import { isScopeSyntax } from '../../common/scope.js';
import { redirectUriProblem } from './redirect-uri-registration.js';

const DAY_SECONDS = 86_400;

/** A lifetime; no longer than rows of its kind can live, nor a code than RFC 6749 section 4.1.2 recommends. */
const seconds = (max: number) => z.int().positive().max(max);
const webPage = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const names = z.array(z.string().regex(/^\S+( \S+)*$/, 'must not be empty or begin or end with a space'));
const redirectUri = z.string().superRefine((uri, { addIssue }) => {
  const problem = redirectUriProblem(uri);
  if (problem !== undefined) addIssue(problem);
});

/**
 * Client metadata of RFC 7591 section 2 with OpenID Connect Dynamic Client Registration section 2, and members of our
 * own for what those leave out. Unknown members are dropped, as RFC 7591 section 2 allows. Lifetimes are in seconds.
 */
export const clientMetadata = z.object({
  client_name: z.string().min(1).max(200).optional(),
  client_uri: webPage.optional(),
  logo_uri: webPage.optional(),
  policy_uri: webPage.optional(),
  tos_uri: webPage.optional(),
  contacts: z.array(z.string()).optional(),
  redirect_uris: z.array(redirectUri).default([]),
  grant_types: names.default(['authorization_code']),
  response_types: names.default(['code']),
  /** Space-delimited; a client may ask for these and no others. */
  scope: z
    .string()
    .refine((scope) => scope === '' || isScopeSyntax(scope), 'must be scope names with one space between them')
    .default(''),
  token_endpoint_auth_method: z.string().min(1).default('client_secret_basic'),
  /** `plain` is refused unless listed (RFC 9700 section 2.1.1). */
  code_challenge_methods: z.array(z.enum(['S256', 'plain'])).default(['S256']),
  id_token_signed_response_alg: z.enum(['RS256', 'ES256', 'EdDSA', 'PS256']).default('RS256'),
  default_max_age: z.int().nonnegative().optional(),
  require_auth_time: z.boolean().default(false),
  /** Skips consent: the operator's own client. */
  first_party: z.boolean().default(false),
  /** May introspect every token whose audience it is (RFC 7662 section 4). */
  resource_server: z.boolean().default(false),
  /** Shown as the publisher on the consent page. */
  publisher: z.string().max(200).optional(),
  access_token_format: z.string().min(1).default('jwt'),
  access_token_lifetime: seconds(31 * DAY_SECONDS).optional(),
  authorization_code_lifetime: seconds(600).optional(),
  refresh_token_lifetime: seconds(400 * DAY_SECONDS).optional(),
  id_token_lifetime: seconds(31 * DAY_SECONDS).optional(),
});

/** Validated metadata with its defaults filled in. */
export type ClientMetadata = z.output<typeof clientMetadata>;

/** Metadata as a file or a registration request gives it. */
export type ClientMetadataInput = z.input<typeof clientMetadata>;
