import { TokenLifetimes } from './token-lifetimes.js';
import { tokenLifetimesDefaults } from './token-lifetimes.options.js';

const DAY_SECONDS = 86_400;

describe('token lifetimes', () => {
  it('Lifetimes out of bounds are refused all at once', () => {
    const wrong = {
      ...tokenLifetimesDefaults,
      accessTokenSeconds: 0,
      tokenFamilySeconds: 401 * DAY_SECONDS,
      refreshReplayWindowSeconds: 1.5,
    };
    const boot = () => new TokenLifetimes(wrong);
    for (const name of ['accessTokenSeconds', 'tokenFamilySeconds', 'refreshReplayWindowSeconds']) {
      expect(boot).toThrow(name);
    }
  });
});
