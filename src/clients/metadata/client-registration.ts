import { z } from 'zod';
import { isPrivateUse } from '../../common/http/redirect-uri.js';
import { type ClientMetadata, clientMetadata } from './client-metadata.js';

/** A client as it is to be registered, checked as a whole. */
export interface ClientRegistration {
  readonly clientId: string;
  readonly metadata: ClientMetadata;
  /** The secrets in clear. Only their digests are stored. */
  readonly secrets: readonly string[];
  /** Members that Gatehouse does not know. They are dropped unless an extension of the application takes them. */
  readonly others?: Readonly<Record<string, unknown>>;
}

const secret = z.string().regex(/^[\x20-\x7e]+$/, 'must be printable ASCII (RFC 6749 appendix A.2)');
const entry = clientMetadata.extend({
  client_id: z.string().regex(/^[\x20-\x7e]{1,255}$/, 'must be 1 to 255 printable ASCII characters'),
  client_secret: secret.optional(),
  /** Further live secrets, so that a secret can be changed without a moment of refusal. */
  client_secrets: z.array(secret).default([]),
});

/** An entry as a file or an application gives it. */
export type ClientRegistrationInput = z.input<typeof entry> & Readonly<Record<string, unknown>>;

/** The names of all members that Gatehouse knows, the client's id and secrets among them. */
export const REGISTRATION_MEMBERS: readonly string[] = Object.keys(entry.shape);

type Entry = z.output<typeof entry>;
type Rule = readonly [holds: (client: Entry) => boolean, member: keyof Entry, problem: string];

/**
 * The rules that members must keep together. Grant types and response types agree by the table of RFC 7591 section 2.1.
 */
const RULES: readonly Rule[] = [
  [
    (client) => lists(client.response_types, 'code') || !client.grant_types.includes('authorization_code'),
    'response_types',
    'must include code, because grant_types include authorization_code',
  ],
  [
    (client) => client.grant_types.includes('authorization_code') || !lists(client.response_types, 'code'),
    'grant_types',
    'must include authorization_code, because response_types include code',
  ],
  [
    (client) => lists(client.response_types, 'token', 'id_token') || !client.grant_types.includes('implicit'),
    'response_types',
    'must include token, because grant_types include implicit',
  ],
  [
    (client) => client.grant_types.includes('implicit') || !lists(client.response_types, 'token', 'id_token'),
    'grant_types',
    'must include implicit, because response_types include token or id_token',
  ],
  [
    (client) => !client.grant_types.includes('implicit') || !client.redirect_uris.some(isPrivateUse),
    'grant_types',
    'must not include implicit with a redirect URI of a private-use scheme (RFC 8252 section 8.2)',
  ],
  [
    (client) => client.redirect_uris.length > 0 || client.response_types.length === 0,
    'redirect_uris',
    'must name where answers go; for a client without a browser set "grant_types": ["client_credentials"]',
  ],
  [
    (client) => secretsOf(client).length > 0 || !client.token_endpoint_auth_method.startsWith('client_secret_'),
    'client_secret',
    'is missing; for a client that can keep none set "token_endpoint_auth_method": "none"',
  ],
  [
    (client) => secretsOf(client).length === 0 || client.token_endpoint_auth_method !== 'none',
    'client_secret',
    'must not be given with the token_endpoint_auth_method none',
  ],
  [
    (client) => client.token_endpoint_auth_method !== 'none' || !client.grant_types.includes('client_credentials'),
    'grant_types',
    'must not include client_credentials with the token_endpoint_auth_method none (RFC 6749 section 4.4)',
  ],
];

/**
 * A client with its id, metadata and secrets. Where grant types or response types are left out, they follow from the
 * others. Where both are left out, RFC 7591 section 2 makes the client one of the code flow.
 */
export const clientRegistration = z.preprocess(
  withImpliedTypes,
  entry
    .loose()
    .superRefine((client, { addIssue }) => {
      for (const [holds, member, problem] of RULES) {
        if (!holds(client)) addIssue({ code: 'custom', path: [member], message: problem });
      }
    })
    .transform((client): ClientRegistration => {
      const members = Object.entries(client);
      const others = Object.fromEntries(members.filter(([name]) => !REGISTRATION_MEMBERS.includes(name)));
      const { client_id, client_secret, client_secrets, ...metadata } = entry.strip().parse(client);
      return { clientId: client_id, metadata, secrets: secretsOf(client), others };
    }),
);

function withImpliedTypes(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  const { grant_types: grants, response_types: responses, redirect_uris, resource_server } = input as Partial<Entry>;
  if (grants === undefined && responses === undefined) {
    return resource_server === true && redirect_uris === undefined
      ? { ...input, grant_types: [], response_types: [] }
      : input;
  }
  if (responses === undefined && Array.isArray(grants)) {
    const code = grants.includes('authorization_code') ? ['code'] : [];
    const token = grants.includes('implicit') ? ['token'] : [];
    return { ...input, response_types: [...code, ...token] };
  }
  if (grants === undefined && Array.isArray(responses)) {
    const code = lists(responses, 'code') ? ['authorization_code'] : [];
    const implicit = lists(responses, 'token', 'id_token') ? ['implicit'] : [];
    return { ...input, grant_types: [...code, ...implicit] };
  }
  return input;
}

/** True when a response type of the list is, or is composed of, one of these. */
function lists(responseTypes: readonly unknown[], ...parts: string[]): boolean {
  return responseTypes.some((type) => typeof type === 'string' && type.split(' ').some((part) => parts.includes(part)));
}

function secretsOf({ client_secret, client_secrets }: Entry): readonly string[] {
  return [...new Set(client_secret === undefined ? client_secrets : [client_secret, ...client_secrets])];
}
