import { z } from 'zod';
import { normalEmail } from './email-address.js';
import type { StandardClaims } from './user.js';

/** An end user who is to be stored, checked. */
export interface UserRegistration {
  readonly email: string;
  readonly emailVerified: boolean;
  /** The password in clear, of which only the argon2id hash is stored. Where it is undefined, the stored one stays. */
  readonly password: string | undefined;
  readonly claims: StandardClaims;
}

const text = z.string().optional();
const webPage = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional();

/** OpenID Connect Core section 5.1, without sub and updated_at, which the server gives. */
const standardClaims = {
  name: text,
  given_name: text,
  family_name: text,
  middle_name: text,
  nickname: text,
  preferred_username: text,
  profile: webPage,
  picture: webPage,
  website: webPage,
  gender: text,
  birthdate: z
    .string()
    .regex(/^\d{4}(-\d{2}-\d{2})?$/, 'must be YYYY-MM-DD or YYYY')
    .optional(),
  zoneinfo: text,
  locale: text,
  phone_number: text,
  phone_number_verified: z.boolean().optional(),
  address: z
    .object({
      formatted: text,
      street_address: text,
      locality: text,
      region: text,
      postal_code: text,
      country: text,
    })
    .optional(),
};

/** The rule of an end user who is to be stored: e-mail address, password and OpenID Connect standard claims. */
export const userRegistration = z
  .object({
    email: z
      .string()
      .max(254)
      .regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address'),
    email_verified: z.boolean().default(false),
    password: z.string().min(1).max(1000).optional(),
    ...standardClaims,
  })
  .transform(
    ({ email, email_verified, password, ...claims }): UserRegistration => ({
      email: normalEmail(email),
      emailVerified: email_verified,
      password,
      claims,
    }),
  );

/** An end user as a file or an application gives one: the OpenID Connect standard claims by their names on the wire. */
export type UserRegistrationInput = z.input<typeof userRegistration>;
