import { s256Challenge } from '../../../common/crypto/pkce.js';
import { randomText } from '../../../common/crypto/random-token.js';
import type { Paths } from '../../../common/http/paths.js';
import { ROUTES } from '../../../common/http/routes.js';
import type { ExplainedParameter, Flow } from './run.js';

/** The partner app's client id. */
export const PLAYGROUND_CLIENT = 'playground';

const MEANINGS: Readonly<Record<string, string>> = {
  response_type: 'Asks for an authorization code; tokens never travel through the browser.',
  client_id: 'Which registered application asks.',
  redirect_uri: 'Where the answer goes. Compared with the registered address character by character.',
  scope: 'What the application would like to do, shown to you on the consent page.',
  state: 'A random value that must come back, so that nobody can slip in an answer of their own.',
  nonce: 'A random value that must come back inside the ID token, which ties the token to this sign-in.',
  code_challenge: 'The SHA-256 of a secret that stays here. Whoever steals the code cannot use it without the secret.',
  code_challenge_method: 'How the challenge was made: S256 is SHA-256.',
  prompt: 'What you must be asked even if nothing needs asking.',
  code: 'The authorization code: good once, for a short time, together with the secret behind the challenge.',
  iss: 'Who answers, so that an answer of another server cannot be mixed in (RFC 9207).',
  error: 'Why there is no code.',
  error_description: 'The same for developers.',
};

/** Each parameter with a sentence on its purpose. */
export function explain(parameters: Readonly<Record<string, string>>): ExplainedParameter[] {
  return Object.entries(parameters).map(([name, value]) => ({ name, value, meaning: MEANINGS[name] ?? '' }));
}

/** The address that the browser is sent to. */
export function authorizationUrl(parameters: Readonly<Record<string, string>>, paths: Paths): string {
  return `${paths.url(ROUTES.authorize)}?${new URLSearchParams(parameters)}`;
}

/** A fresh authorization request (RFC 6749 section 4.1.1) with PKCE, state and nonce. */
export function newFlow(redirectUri: string, scope: string): Flow {
  const codeVerifier = randomText();
  const parameters = {
    response_type: 'code',
    client_id: PLAYGROUND_CLIENT,
    redirect_uri: redirectUri,
    scope,
    state: randomText(),
    nonce: randomText(),
    code_challenge: s256Challenge(codeVerifier),
    code_challenge_method: 'S256',
  };
  return { parameters, codeVerifier };
}

/** The same request for other scopes or another prompt; an empty prompt is left out. */
export function withChoices({ parameters, codeVerifier }: Flow, scope: string, prompt: string): Flow {
  const { prompt: _replaced, ...others } = parameters;
  return { parameters: { ...others, scope, ...(prompt === '' ? {} : { prompt }) }, codeVerifier };
}
