import { openResponse, sealResponse } from './refresh-token.repository.js';

describe('a sealed response', () => {
  const response = { access_token: 'one', token_type: 'Bearer', expires_in: 60 } as const;
  const sealed = sealResponse(response, 'the spent token');

  it('A sealed response opens with the token that was spent for it', () => {
    expect(openResponse(sealed, 'the spent token')).toEqual(response);
    expect(sealed.includes('access_token')).toBe(false);
  });

  it('A sealed response opens with no other token, nor after a change', () => {
    expect(() => openResponse(sealed, 'another token')).toThrow();
    const changed = Buffer.from(sealed);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(() => openResponse(changed, 'the spent token')).toThrow();
  });
});
