import { inOrder } from './step.js';
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
import { RunAuthorizationChecksStep } from './steps/run-authorization-checks.step.js';
import { StopIfDeniedStep } from './steps/stop-if-denied.step.js';

/**
 * Every step in its order, each with the endpoints that take it: `authorize`, where a client sends the end user;
 * `resume`, after signing in; `decision`, from the consent page. One more endpoint is one more name in the rows it takes.
 */
export const AUTHORIZATION_STEPS = inOrder([
  [ReadParametersStep, 'authorize'],
  [CheckDecisionStep, 'decision'],
  [OpenRequestStep, 'resume', 'decision'],
  [CheckClientStep, 'authorize', 'resume', 'decision'],
  [CheckRedirectUriStep, 'authorize', 'resume', 'decision'],
  // A refusal is a page so far; from here on it goes to the client.
  [CheckResponseTypeStep, 'authorize', 'resume', 'decision'],
  [CheckResponseModeStep, 'authorize', 'resume', 'decision'],
  [RefuseRequestObjectsStep, 'authorize', 'resume', 'decision'],
  [CheckScopeStep, 'authorize', 'resume', 'decision'],
  [CheckPkceStep, 'authorize', 'resume', 'decision'],
  [CheckPromptStep, 'authorize', 'resume', 'decision'],
  [CheckMaxAgeStep, 'authorize', 'resume', 'decision'],
  [CheckIdTokenHintStep, 'authorize', 'resume', 'decision'],
  [StopIfDeniedStep, 'decision'],
  [RequireSignInStep, 'authorize', 'resume', 'decision'],
  [RunAuthorizationChecksStep, 'authorize', 'resume', 'decision'],
  [RequireConsentStep, 'authorize', 'resume'],
  [RecordConsentStep, 'decision'],
  [RespondStep, 'authorize', 'resume', 'decision'],
]);
