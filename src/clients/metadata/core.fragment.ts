import { z } from 'zod';
import { isScopeSyntax } from '../../common/scope.js';
import { redirectUriProblem } from './redirect-uri-registration.js';

const webPage = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' });
const names = z.array(z.string().regex(/^\S+( \S+)*$/, 'must not be empty or begin or end with a space'));
const redirectUri = z.string().superRefine((uri, { addIssue }) => {
  const problem = redirectUriProblem(uri);
  if (problem !== undefined) addIssue(problem);
});

/** Client metadata of RFC 7591 section 2. */
export const coreFragment = z.object({
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
});
