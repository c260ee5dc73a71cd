/** The public surface of `gatehouse/testing`. Frozen by test/extending/public-surface.spec.ts. */

export { createTestOAuth, type TestEndUser, TestOAuth, type TestOAuthOptions } from './test-oauth.js';
export type { TestToken } from './test-tokens.js';
