import { Injectable } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import { InvalidRequestError } from '../../../common/errors/rfc6749.errors.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import { IdTokens } from '../../tokens/id-token/id-tokens.js';
import type { Step } from '../step.js';

/**
 * Finds the end user whom the client expects to be signed in, by an id_token that this server gave to the client
 * (OpenID Connect Core section 3.1.2.1). An id_token of another client is refused, because the client could find out by
 * it who visits the other one.
 */
@Injectable()
export class CheckIdTokenHintStep implements Step {
  constructor(private readonly idTokens: IdTokens) {}

  run({ parameters, client }: { parameters: FormParameters; client: Client }): { hintedUserId: string | undefined } {
    const idTokenHint = parameters.get('id_token_hint');
    if (idTokenHint === undefined) return { hintedUserId: undefined };
    const hint = this.idTokens.readHint(idTokenHint);
    if (hint?.clientId !== client.id) {
      throw new InvalidRequestError({ description: 'id_token_hint is no id_token that this server gave this client' });
    }
    return { hintedUserId: hint.subject };
  }
}
