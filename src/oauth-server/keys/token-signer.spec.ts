import type { SigningKeys } from './signing-keys.js';
import { TokenSigner } from './token-signer.js';

describe('signing by our keys for others', () => {
  const signer = new TokenSigner({ sign: (_: string, { typ }: { typ: string }) => typ } as unknown as SigningKeys);

  it('A type of its own is signed', () => {
    expect(signer.sign('invoice+jwt', {})).toBe('invoice+jwt');
  });

  it.each(['JWT', 'jwt', 'at+jwt', 'AT+JWT', 'application/at+jwt'])(
    'The type %s of our own tokens is refused (RFC 8725 3.11)',
    (type) => {
      expect(() => signer.sign(type, {})).toThrow('is that of our own tokens');
    },
  );
});
