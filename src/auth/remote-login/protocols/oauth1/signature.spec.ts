import { createVerify, generateKeyPairSync } from 'node:crypto';
import { bodyHashOf, encode, signatureBaseString, signatureOf } from './signature.js';

const CLIENT = { clientSecret: 'kd94hf93k423kf44', rsaKey: undefined, method: 'HMAC-SHA1' } as const;

describe('The signature of OAuth 1.0a', () => {
  it('The base string is that of RFC 5849 section 3.4.1.1', () => {
    const url = new URL('http://EXAMPLE.com:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b');
    const parameters = [
      ['oauth_consumer_key', '9djdj82h48djs9d2'],
      ['oauth_token', 'kkk9d7dh3k39sjv7'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131201'],
      ['oauth_nonce', '7d8f3e4a'],
      ['c2', ''],
      ['a3', '2 q'],
    ] as const;
    expect(signatureBaseString('post', url, parameters)).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26' +
        'oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26' +
        'oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    );
  });

  it.each([
    [
      'POST',
      'https://photos.example.net/token',
      'hh5s93j4hdidpola hdhd0244k9j7ao03',
      ['oauth_verifier', 'hfdp7dh39dks9884'],
      '137131201',
      'walatlh',
      'gKgrFCywp7rO0OXSjdot/IHF7IU=',
    ],
    [
      'GET',
      'http://photos.example.net/photos?file=vacation.jpg&size=original',
      'nnch734d00sl2jdk pfkkdhi9sl3r4s00',
      undefined,
      '137131202',
      'chapoH',
      'MdpQcU8iPSUjWoN/UDMsK2sui9I=',
    ],
  ] as const)(
    'The signature of %s %s is that of RFC 5849 section 1.2',
    (method, url, token, more, timestamp, nonce, signature) => {
      const [oauthToken = '', tokenSecret = ''] = token.split(' ');
      const parameters = [
        ['oauth_consumer_key', 'dpf43f3p2l4k3l03'],
        ...(oauthToken ? [['oauth_token', oauthToken] as const] : []),
        ['oauth_signature_method', 'HMAC-SHA1'],
        ['oauth_timestamp', timestamp],
        ['oauth_nonce', nonce],
        ...(more ? [more] : []),
      ] as const;
      const baseString = signatureBaseString(method, new URL(url), parameters);
      expect(signatureOf(baseString, { ...CLIENT, tokenSecret })).toBe(signature);
    },
  );

  it.each(['SHA1', 'SHA256'] as const)('The signature by RSA-%s is verified by the public key', (hash) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsaKey = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const signature = signatureOf('a base string', { ...CLIENT, method: `RSA-${hash}`, rsaKey, tokenSecret: '' });
    const verifier = createVerify(hash).update('a base string');
    expect(verifier.verify(publicKey, signature, 'base64')).toBe(true);
  });

  it('The signature by PLAINTEXT is the two secrets (RFC 5849 section 3.4.4)', () => {
    const secrets = { ...CLIENT, method: 'PLAINTEXT', clientSecret: 'djr9rjt0jd78jf88', tokenSecret: 'a&b' } as const;
    expect(signatureOf('', secrets)).toBe('djr9rjt0jd78jf88&a%26b');
  });

  it('The hash of a body is that of the extension, by the hash of the method', () => {
    expect(bodyHashOf('Hello World!', 'HMAC-SHA1')).toBe('Lve95gjOVATpfV8EL5X4nxwjKHE=');
    expect(bodyHashOf('Hello World!', 'RSA-SHA256')).toBe('f4OxZX/x/FO5LcGBSKHWXfwtSx+j1ncoSt3SABJtkGk=');
    expect(bodyHashOf('Hello World!', 'PLAINTEXT')).toBeUndefined();
  });

  it('The encoding leaves letters, digits, - . _ ~ alone, and nothing else (RFC 5849 section 3.6)', () => {
    expect(encode("aZ09-._~ !*'()+%/ü")).toBe('aZ09-._~%20%21%2A%27%28%29%2B%25%2F%C3%BC');
  });
});
