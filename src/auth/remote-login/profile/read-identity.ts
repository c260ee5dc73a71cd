import { parseUrl } from '../../../common/url/parse-url.js';
import type { LoginAttempt } from '../flow/login-attempt.js';
import { LoginFailure } from '../login-failure.js';
import type { RemoteIdentity, RemoteProfile } from './remote-identity.js';

/**
 * The claims of OpenID Connect Core section 5.1 that are kept. A telephone number and a postal address are dropped,
 * because they would be handed on to clients as if this server vouched for them.
 */
const TEXT_CLAIMS = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
] as const;
const URL_CLAIMS = ['profile', 'picture', 'website'] as const;
const MAX_TEXT_LENGTH = 500;
const MAX_URL_LENGTH = 2000;
const MAX_SUBJECT_LENGTH = 255;
const MAX_EMAIL_LENGTH = 254;

/**
 * Reads an identity out of standard claims that a provider sent. Claims that are not well-formed are dropped. Raises
 * LoginFailure (profile_unusable) for a subject that is neither text nor a whole number.
 */
export function readIdentity(attempt: LoginAttempt, { issuer, claims: said, tokens }: RemoteProfile): RemoteIdentity {
  const subject = Number.isSafeInteger(said.sub) ? String(said.sub) : said.sub;
  if (!isText(subject, MAX_SUBJECT_LENGTH)) {
    throw new LoginFailure('profile_unusable', attempt, 'user info: there is no usable subject');
  }
  const kept = [
    ...TEXT_CLAIMS.filter((claim) => isText(said[claim], MAX_TEXT_LENGTH)),
    ...URL_CLAIMS.filter((claim) => isWebAddress(said[claim])),
  ];
  return {
    issuer,
    subject,
    claims: Object.fromEntries(kept.map((claim) => [claim, said[claim]])),
    verifiedEmail: isEmail(said.email) && isTrue(said.email_verified) ? said.email : undefined,
    authTime: isSeconds(said.auth_time) ? endOf(said.auth_time) : undefined,
    tokens,
  };
}

/** True for `true` and for `"true"`, because some providers write the boolean as text. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** True for a text without control characters. PostgreSQL does not take all of them, and no page needs any. */
function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maxLength && !/\p{Cc}|\p{Cs}/u.test(value);
}

/**
 * True for a text in the shape of an e-mail address. A letter that is no ASCII but whose lower case is would make it
 * the address of somebody else: U+212A, the Kelvin sign, becomes `k`.
 */
function isEmail(value: unknown): value is string {
  return isText(value, MAX_EMAIL_LENGTH) && /^[^\s@]+@[^\s@]+$/.test(value) && !/[\u0130\u212a]/.test(value);
}

/** The last instant of a second, because the provider rounds the instant down to whole seconds. */
function endOf(seconds: number): Date {
  return new Date(seconds * 1000 + 999);
}

/** A NumericDate (RFC 7519 section 2) that both a Date and PostgreSQL can hold. */
function isSeconds(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 1e11;
}

/**
 * True for an https or http URL. A link or picture of another scheme could run script, for example
 * `javascript:alert(1)`.
 */
function isWebAddress(value: unknown): boolean {
  return isText(value, MAX_URL_LENGTH) && /^https?:\/\//i.test(value) && parseUrl(value) !== undefined;
}
