import { OAuthError, type WayOn } from '../../common/errors/oauth-error.js';
import type { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import type { OutgoingFetchError, OutgoingFetchFault } from '../../common/outgoing/outgoing-fetch.error.js';
import type { ErrorForEndUser, ErrorInWords } from '../../ui/error-for-end-user.js';
import { english } from '../../ui/messages/en.js';
import type { LoginFailureMessages } from '../../ui/messages/messages.js';
import type { PageContext } from '../../ui/page-context.js';
import { type LoginAttempt, startPath } from './flow/login-attempt.js';

/** Every way in which signing in at a provider can fail. */
export type LoginFailureCode = keyof LoginFailureMessages['sentences'];

/**
 * Facts of one failure: texts that its sentence quotes besides the provider's name, and an address that only the raiser
 * knows.
 */
export interface LoginFailureFacts {
  /** The provider's own error code (RFC 6749 sections 4.1.2.1 and 5.2). */
  readonly providerCode?: string;
  /** Where the sign-in that is needed starts, for programs. */
  readonly startUrl?: string;
}

interface WayOnFacts extends LoginFailureFacts {
  readonly attempt: LoginAttempt | undefined;
  readonly texts: LoginFailureMessages['waysOn'];
  readonly paths: Paths;
}

type WayOnMaker = (facts: WayOnFacts) => WayOn | undefined;

const tryAgain: WayOnMaker = ({ attempt, texts, paths }) =>
  attempt && { label: texts.tryAgain(attempt.app.label), href: startPath(paths, attempt) };
const signInAnotherWay: WayOnMaker = ({ texts, paths }) => ({
  label: texts.signInAnotherWay,
  href: paths.to(ROUTES.signIn),
});
const useAnotherAccount: WayOnMaker = ({ texts, paths }) => ({
  label: texts.useAnotherAccount,
  href: paths.to(ROUTES.signIn),
});
const goOnAsYouAre: WayOnMaker = ({ attempt, texts }) =>
  attempt && { label: texts.goOnAsYouAre, href: attempt.returnTo };

/** Each code with the status of its page and the way on from there; the sentences stand in the catalogue of texts. */
const FAILURES: Readonly<Record<LoginFailureCode, readonly [status: number, wayOn: WayOnMaker]>> = {
  /** No remote app of this name is configured. */
  unknown_provider: [404, signInAnotherWay],

  /** This browser has no sign-in under way that the answer belongs to (RFC 6749 section 10.12). */
  flow_unknown: [400, tryAgain],
  /** The sign-in took longer than its ten minutes. */
  flow_expired: [400, tryAgain],

  /** The authorization response names another issuer than the one asked, or none where it must (RFC 9207 section 2.4). */
  issuer_mismatch: [400, tryAgain],
  /** The end user refused, or the provider did so for them (RFC 6749 section 4.1.2.1). */
  access_denied: [403, tryAgain],
  /** The provider answered the authorization request with another error (RFC 6749 section 4.1.2.1). */
  authorization_refused: [502, tryAgain],
  /** The authorization response has neither a code nor an error (RFC 6749 section 4.1.2). */
  answer_incomplete: [400, tryAgain],

  /** The token endpoint gave no token (RFC 6749 section 5.2). */
  token_refused: [502, tryAgain],
  /** The id_token failed a check of OpenID Connect Core section 3.1.3.7: signature, issuer, audience, times or nonce. */
  id_token_invalid: [502, tryAgain],
  /** The provider's user info is missing, malformed or without a usable subject. */
  profile_unusable: [502, tryAgain],
  /** The discovery document of an OpenID Connect provider is missing, malformed or of another issuer. */
  provider_metadata_unusable: [502, tryAgain],

  /** No connection, a redirect instead of an answer, or an address that may not be called. */
  provider_unreachable: [502, tryAgain],
  /** The provider did not answer within the time limit. */
  provider_too_slow: [504, tryAgain],
  /** The provider's answer is over the size limit. */
  provider_answer_too_large: [502, tryAgain],

  /** The operator lets others in by this provider. */
  not_admitted: [403, signInAnotherWay],
  /** The identity is linked to another account here than the one that is signed in. */
  linked_elsewhere: [409, goOnAsYouAre],
  /** The end user was to prove again who they are, and the provider asked them nothing (OpenID Connect Core section 3.1.2.1). */
  not_proven_again: [403, signInAnotherWay],
  /** The provider takes the tokens of the end user no more, or there are none. */
  reauth_required: [403, tryAgain],
  /** A route needs an account at the provider, or more scopes there than were granted so far. */
  link_required: [403, tryAgain],
  /** The account that the identity is linked to is disabled. */
  account_disabled: [403, useAnotherAccount],
};

/** What a route answers where no sign-in was tried. */
const NOT_TRIED: ReadonlySet<LoginFailureCode> = new Set(['reauth_required', 'link_required']);

/**
 * A sign-in at a provider that failed; `detail` is for the log. It becomes a page in the end user's language that
 * says what happened and links to the way on.
 */
export class LoginFailure extends OAuthError implements ErrorForEndUser {
  override readonly code: LoginFailureCode;
  override readonly statusCode: number;

  /** `attempt` is undefined where the request names no provider of this server. */
  constructor(
    code: LoginFailureCode,
    private readonly attempt: LoginAttempt | undefined,
    detail: string,
    private readonly facts: LoginFailureFacts = {},
  ) {
    super({
      description: sentenceOf(english.loginFailure, code, attempt, facts).replace(/\.$/, ''),
      detail: attempt === undefined ? detail : `${attempt.app.name}: ${detail}`,
    });
    this.code = code;
    [this.statusCode] = FAILURES[code];
  }

  /** `start_url`: where an end user signs in at the provider so that the request may succeed. */
  override get members(): Readonly<Record<string, string>> {
    const { startUrl } = this.facts;
    return startUrl === undefined ? {} : { start_url: startUrl };
  }

  inWords({ messages: { loginFailure }, paths }: PageContext): ErrorInWords {
    const { code, attempt, facts } = this;
    const [, wayOn] = FAILURES[code];
    const heading = NOT_TRIED.has(code) ? loginFailure.headings.needed : loginFailure.headings.failed;
    return {
      heading: attempt && heading(attempt.app.label),
      sentence: sentenceOf(loginFailure, code, attempt, facts),
      wayOn: wayOn({ ...facts, attempt, texts: loginFailure.waysOn, paths }),
    };
  }
}

const CALL_FAILURES: Readonly<Record<OutgoingFetchFault, LoginFailureCode>> = {
  unreachable: 'provider_unreachable',
  redirects: 'provider_unreachable',
  'private-address': 'provider_unreachable',
  'too-slow': 'provider_too_slow',
  'too-large': 'provider_answer_too_large',
};

/** The LoginFailure for a call to a provider that brought no usable answer. */
export function callFailure(attempt: LoginAttempt, { fault, message }: OutgoingFetchError): LoginFailure {
  return new LoginFailure(CALL_FAILURES[fault], attempt, message);
}

const MAX_QUOTED_LENGTH = 200;

/**
 * A text from a provider made fit for a log line: short, on one line, in quotation marks. Empty for anything that is no
 * text.
 */
export function quoted(sent: unknown): string {
  const text = typeof sent === 'string' ? sent : '';
  return JSON.stringify(text.length > MAX_QUOTED_LENGTH ? `${text.slice(0, MAX_QUOTED_LENGTH)}...` : text);
}

const MAX_SHOWN_CODE_LENGTH = 60;

function sentenceOf(
  { sentences }: LoginFailureMessages,
  code: LoginFailureCode,
  attempt: LoginAttempt | undefined,
  { providerCode = '' }: LoginFailureFacts,
): string {
  const provider = attempt?.app.label ?? '';
  return sentences[code]({ provider, providerCode: providerCode.slice(0, MAX_SHOWN_CODE_LENGTH) });
}
