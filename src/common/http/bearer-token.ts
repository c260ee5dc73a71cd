import type { Request } from 'express';
import { MalformedTokenError } from '../errors/rfc6750.errors.js';
import type { FormParameters } from './form-parameters.js';

/**
 * The access token of a request: from the Authorization header (RFC 6750 section 2.1) or from the form body, where the
 * route reads one (section 2.2). Never from the query, where it would end up in logs (RFC 9700 section 4.3.2).
 * Undefined when none came. Raises MalformedTokenError for a broken header or a token in both places.
 */
export function bearerTokenOf({ headers }: Request, form?: FormParameters): string | undefined {
  const inHeader = headers.authorization === undefined ? undefined : tokenInHeader(headers.authorization);
  const inForm = form?.get('access_token');
  if (inHeader !== undefined && inForm !== undefined)
    throw new MalformedTokenError({ description: 'Send the access token in the header or in the form, not in both' });
  return inHeader ?? inForm;
}

/** The token in an Authorization header; undefined for another scheme, such as Basic. */
function tokenInHeader(header: string): string | undefined {
  if (!/^bearer(?![^ ])/i.test(header)) return undefined;
  const [, token] = /^bearer +([\w.~+/-]+=*)$/i.exec(header) ?? [];
  if (token === undefined)
    throw new MalformedTokenError({ description: 'The header must read Authorization: Bearer TOKEN' });
  return token;
}
