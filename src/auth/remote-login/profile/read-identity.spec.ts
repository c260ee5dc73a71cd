import type { LoginAttempt } from '../flow/login-attempt.js';
import { readIdentity } from './read-identity.js';

describe('the e-mail address that a provider has verified', () => {
  const verifiedEmail = (email: string) =>
    readIdentity({} as LoginAttempt, {
      issuer: 'https://idp.example',
      claims: { sub: '1', email, email_verified: true },
      tokens: { accessToken: 'a' },
    }).verifiedEmail;

  it('A verified e-mail address is taken as it is written', () => {
    expect(verifiedEmail('Käthe@Example.com')).toBe('Käthe@Example.com');
  });

  it.each(['mi\u212ae@example.com', 'm\u0130ke@example.com'])(
    'A verified e-mail address is dropped when its lower case is the address of somebody else: %j',
    (email) => expect(verifiedEmail(email)).toBeUndefined(),
  );
});
