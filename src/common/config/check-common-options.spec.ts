import { KeyRing } from '../crypto/key-ring.js';
import { checkCommonOptions } from './check-common-options.js';
import type { CommonOptions } from './common.options.js';

describe('the options of an application that imports us', () => {
  const good = { issuer: 'https://id.example.com', secretKeys: KeyRing.generate() };

  it('The options of an application are taken as they are when they are right', () => {
    expect(checkCommonOptions(good)).toBe(good);
  });

  it('The options of an application are refused with all that is wrong at once, each with what to do', () => {
    expect(() => checkCommonOptions({} as CommonOptions)).toThrow(
      /^Gatehouse cannot start:\n- issuer is missing; set .+\n- secretKeys is missing; set .+$/,
    );
  });

  it.each([
    'id.example.com',
    'ftp://id.example.com',
    'https://id.example.com/?a',
    'https://id.example.com/#a',
    'https://',
  ])('The options of an application name no issuer by %s (RFC 8414 2)', (issuer) =>
    expect(() => checkCommonOptions({ ...good, issuer })).toThrow(`issuer is "${issuer}"`),
  );

  it('The options of an application name no schema that is not a plain name', () =>
    expect(() => checkCommonOptions({ ...good, schema: 'my-auth' })).toThrow('- schema is "my-auth"'));

  it('The options of an application tell what is wrong with a key and never the key', () => {
    const fault = () => checkCommonOptions({ ...good, secretKeys: 'k1:c2hvcnQ' });
    expect(fault).toThrow('secretKeys cannot be used: key "k1" has 5 bytes');
    expect(fault).not.toThrow('c2hvcnQ');
  });
});
