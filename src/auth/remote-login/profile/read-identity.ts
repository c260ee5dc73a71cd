import type { LoginAttempt } from '../flow/login-attempt.js';
import { LoginFailure } from '../login-failure.js';
import type { RemoteIdentity, RemoteProfile } from './remote-identity.js';

/**
 * The claims of OpenID Connect Core section 5.1 that are kept. A telephone number and an address are not: they would
 * be handed on to clients as if this server vouched for them.
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
 * Takes what a provider says in the shape of standard claims, and keeps what can be trusted to be well-formed. A claim
 * that is not is dropped; raises LoginFailure (profile_unusable) for a subject that is not text or a whole number.
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

/** Some providers write the boolean as text. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

/** Control characters go nowhere: neither PostgreSQL takes all of them nor does a page need any. */
function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maxLength && !/\p{Cc}|\p{Cs}/u.test(value);
}

/** Not with a letter that is no ASCII and whose lower case is: it would be taken for the address of somebody else. */
function isEmail(value: unknown): value is string {
  return isText(value, MAX_EMAIL_LENGTH) && /^[^\s@]+@[^\s@]+$/.test(value) && !/[\u0130\u212a]/.test(value);
}

/** The last instant of a second: what was meant lies within it. */
function endOf(seconds: number): Date {
  return new Date(seconds * 1000 + 999);
}

/** A NumericDate (RFC 7519 section 2) that both a Date and PostgreSQL can hold. */
function isSeconds(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 1e11;
}

/** A link or picture of another scheme than https or http could run script. */
function isWebAddress(value: unknown): boolean {
  return isText(value, MAX_URL_LENGTH) && /^https?:\/\//i.test(value) && URL.canParse(value);
}
