import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Answer } from './answer.js';
import { AuthorizationResponses, type WayBack } from './authorization-responses.js';
import type { Incoming, Step } from './step.js';
import { type AuthorizeEndpoint, inOrder } from './step.js';
import { CheckClientStep } from './steps/check-client.step.js';
import { CheckDecisionStep } from './steps/check-decision.step.js';
import { CheckIdTokenHintStep } from './steps/check-id-token-hint.step.js';
import { CheckMaxAgeStep } from './steps/check-max-age.step.js';
import { CheckPkceStep } from './steps/check-pkce.step.js';
import { CheckPromptStep } from './steps/check-prompt.step.js';
import { CheckRedirectUriStep } from './steps/check-redirect-uri.step.js';
import { CheckResponseModeStep } from './steps/check-response-mode.step.js';
import { CheckResponseTypeStep } from './steps/check-response-type.step.js';
import { CheckScopeStep } from './steps/check-scope.step.js';
import { OpenRequestStep } from './steps/open-request.step.js';
import { ReadParametersStep } from './steps/read-parameters.step.js';
import { RecordConsentStep } from './steps/record-consent.step.js';
import { RefuseRequestObjectsStep } from './steps/refuse-request-objects.step.js';
import { RequireConsentStep } from './steps/require-consent.step.js';
import { RequireSignInStep } from './steps/require-sign-in.step.js';
import { RespondStep } from './steps/respond.step.js';
import { StopIfDeniedStep } from './steps/stop-if-denied.step.js';

/**
 * Every step in its order, and the endpoints that take it: A authorize, R resume after sign-in, D the decision on the
 * consent page. Pushed authorization requests and the device page will be columns beside them.
 */
export const AUTHORIZE_STEPS = inOrder([
  ['A', '-', '-', ReadParametersStep],
  ['-', '-', 'D', CheckDecisionStep],
  ['-', 'R', 'D', OpenRequestStep],
  ['A', 'R', 'D', CheckClientStep],
  ['A', 'R', 'D', CheckRedirectUriStep],
  // A refusal is a page so far; from here on it goes to the client.
  ['A', 'R', 'D', CheckResponseTypeStep],
  ['A', 'R', 'D', CheckResponseModeStep],
  ['A', 'R', 'D', RefuseRequestObjectsStep],
  ['A', 'R', 'D', CheckScopeStep],
  ['A', 'R', 'D', CheckPkceStep],
  ['A', 'R', 'D', CheckPromptStep],
  ['A', 'R', 'D', CheckMaxAgeStep],
  ['A', 'R', 'D', CheckIdTokenHintStep],
  ['-', '-', 'D', StopIfDeniedStep],
  ['A', 'R', 'D', RequireSignInStep],
  ['A', 'R', '-', RequireConsentStep],
  ['-', '-', 'D', RecordConsentStep],
  ['A', 'R', 'D', RespondStep],
]);

/** Walks the table for one endpoint: each step gets what those before it found. */
@Injectable()
export class AuthorizePipeline implements OnModuleInit {
  readonly #steps = new Map<AuthorizeEndpoint, readonly Step[]>();

  constructor(
    private readonly modules: ModuleRef,
    private readonly responses: AuthorizationResponses,
  ) {}

  onModuleInit(): void {
    for (const [column, endpoint] of (['A', 'R', 'D'] as const).entries()) {
      const rows = AUTHORIZE_STEPS.filter((row) => row[column] === endpoint);
      this.#steps.set(
        endpoint,
        rows.map((row) => this.modules.get<Step>(row[3])),
      );
    }
  }

  /** The answer to a request at this endpoint; raises the OAuthError of a refusal that cannot go to a client. */
  async run(endpoint: AuthorizeEndpoint, incoming: Incoming): Promise<Answer> {
    const known: Incoming & Partial<WayBack> = { ...incoming };
    try {
      for (const step of this.#steps.get(endpoint) ?? []) {
        const found = await step.run(known as never);
        if (found instanceof Answer) return found;
        Object.assign(known, found);
      }
      throw new Error(`The steps of ${endpoint} end without an answer`);
    } catch (error) {
      if (!hasWayBack(known)) throw error;
      return this.responses.refuse(known, error);
    }
  }
}

function hasWayBack(known: Partial<WayBack>): known is WayBack {
  return known.redirectUri !== undefined;
}
