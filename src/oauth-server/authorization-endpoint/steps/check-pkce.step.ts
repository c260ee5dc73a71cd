import { Injectable } from '@nestjs/common';
import type { Client } from '../../../clients/client.js';
import { type CodeChallengeMethod, isCodeVerifier } from '../../../common/crypto/pkce.js';
import { InvalidRequestError } from '../../../common/errors/rfc6749.errors.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import { isPrivateUse } from '../../../common/http/redirect-uri.js';
import { enforce, type Rule } from '../../../common/rules.js';
import type { ResponseType } from '../response-types/response-types.js';
import type { Step } from '../step.js';

interface Context {
  readonly parameters: FormParameters;
  readonly client: Client;
  readonly redirectUri: string;
  readonly responseType: ResponseType;
}

const refusal = (description: string) => () => new InvalidRequestError({ description });

const rules: readonly Rule<Context & { challenge: string | undefined; method: string }>[] = [
  [
    ({ challenge, parameters }) => challenge !== undefined || parameters.get('code_challenge_method') === undefined,
    refusal('code_challenge_method is given without a code_challenge'),
  ],
  [
    ({ challenge, client, responseType }) => challenge !== undefined || !client.isPublic || !responseType.givesCode,
    refusal('This client cannot keep a secret, so it must send a code_challenge with code_challenge_method=S256'),
  ],
  [
    ({ challenge, redirectUri, responseType }) =>
      challenge !== undefined || !isPrivateUse(redirectUri) || !responseType.givesCode,
    refusal(
      'Any program may claim the scheme of redirect_uri, so send a code_challenge with code_challenge_method=S256',
    ),
  ],
  [
    ({ challenge, method, client }) =>
      challenge === undefined ||
      method === 'S256' ||
      (method === 'plain' && client.metadata.code_challenge_methods.includes('plain')),
    ({ parameters }) =>
      new InvalidRequestError({
        description:
          parameters.get('code_challenge_method') === undefined
            ? 'Without code_challenge_method the challenge counts as plain, which is refused; send code_challenge_method=S256'
            : 'This code_challenge_method is refused; send code_challenge_method=S256',
      }),
  ],
  [
    ({ challenge, method }) =>
      challenge === undefined || (method === 'S256' ? /^[\w-]{43}$/.test(challenge) : isCodeVerifier(challenge)),
    refusal('code_challenge is malformed: S256 makes 43 characters of A-Z a-z 0-9 - and _ without padding'),
  ],
];

/** Takes a code challenge only if it protects: S256 unless the client lists plain (RFC 7636, RFC 9700 section 2.1.1). */
@Injectable()
export class CheckPkceStep implements Step {
  run(context: Context): { codeChallengeMethod: CodeChallengeMethod | undefined } {
    const { parameters } = context;
    const challenge = parameters.get('code_challenge');
    const method = parameters.get('code_challenge_method') ?? 'plain';
    enforce(rules, { ...context, challenge, method });
    return { codeChallengeMethod: challenge === undefined ? undefined : (method as CodeChallengeMethod) };
  }
}
