import { Injectable } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import { InvalidRequestError } from '../../../common/errors/rfc6749.errors.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import { redirectUriMatches } from '../../../common/http/redirect-uri.js';
import { parseScope } from '../../../common/scope.js';
import type { Step } from '../step.js';

/**
 * Finds the redirect URI that the answer goes to. It must be a registered one (RFC 9700 section 2.1). It may be left
 * out only where one alone is registered and the request is no OpenID Connect request (OpenID Connect Core section
 * 3.1.2.1). Raises InvalidRequestError, which becomes a page and never a redirect.
 */
@Injectable()
export class CheckRedirectUriStep implements Step {
  run({ parameters, client }: { parameters: FormParameters; client: Client }): { redirectUri: string } {
    const registered = client.metadata.redirect_uris;
    const given = parameters.get('redirect_uri');
    if (given === undefined) return { redirectUri: onlyOne(registered, parameters.get('scope')) };
    if (!registered.some((uri) => redirectUriMatches(uri, given))) {
      throw new InvalidRequestError({
        description: 'redirect_uri is none of those registered for this client; it must match character by character',
        detail: `Client ${client.id} has not registered ${JSON.stringify(given)}${whatIs(registered, given)}`,
      });
    }
    return { redirectUri: given };
  }
}

function onlyOne(registered: readonly string[], scope: string | undefined): string {
  const [only] = registered;
  if (only === undefined || registered.length > 1 || parseScope(scope).includes('openid')) {
    throw new InvalidRequestError({ description: 'The parameter redirect_uri is missing' });
  }
  return only;
}

/** What is registered, and where the one that is most like the given URI differs from it. */
function whatIs(registered: readonly string[], given: string): string {
  const nearest = registered.map((uri) => ({ uri, same: samePrefix(uri, given) })).sort((a, b) => b.same - a.same)[0];
  if (nearest === undefined) return ', and has registered none';
  const { uri, same } = nearest;
  const differs = `after ${JSON.stringify(given.slice(0, same))} it has ${rest(uri, same)} where ${rest(given, same)} was sent`;
  return `, but ${registered.join(' ')}; ${differs}`;
}

function samePrefix(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length++;
  return length;
}

function rest(uri: string, from: number): string {
  return from === uri.length ? 'nothing' : JSON.stringify(uri.slice(from));
}
