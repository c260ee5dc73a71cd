import { Injectable } from '@nestjs/common';
import { type RemoteSubject, type RemoteTokens, TokenVault } from 'gatehouse';
import { FakeOidcProvider } from '../support/fake-oidc-provider.js';
import { findLink, moveSealedTokens } from '../support/linked-accounts.js';
import { signInAt } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';

/** What the provider of this test says of the lifetime of its access tokens. */
const LIFETIME_SECONDS = 60;
const SUBJECT = 'vault-1';

@Injectable()
class MemoryVault extends TokenVault {
  readonly kept = new Map<string, RemoteTokens>();

  async keep({ subject }: RemoteSubject, tokens: RemoteTokens) {
    this.kept.set(subject, tokens);
  }

  async find({ subject }: RemoteSubject) {
    return this.kept.get(subject);
  }

  async remove({ subject }: RemoteSubject) {
    this.kept.delete(subject);
  }
}

let provider: FakeOidcProvider;
beforeAll(async () => {
  provider = await FakeOidcProvider.start();
  provider.endUser = { sub: SUBJECT };
});
afterAll(() => provider?.stop());

describe('the token vault', () => {
  let app: TestApp;
  let vault: TokenVault;
  const owner = (subject = SUBJECT) => ({ issuer: provider.server.url, subject });

  beforeAll(async () => {
    app = await TestApp.start({ remoteApps: [provider.settings('corp')] });
    vault = app.port(TokenVault);
  });
  afterAll(() => app?.stop());

  it('The token vault keeps the tokens of a sign-in at a provider with the instant at which the access token expires', async () => {
    const expiryNow = () => app.clock.now().getTime() + LIFETIME_SECONDS * 1000;
    const earliest = expiryNow();
    await signInAt(app.browser(), '/auth/corp');
    const tokens = await vault.find(owner());
    expect(tokens).toMatchObject({ accessToken: expect.any(String), idToken: expect.any(String), tokenType: 'bearer' });
    expect(tokens?.expiresAt?.getTime()).toBeGreaterThanOrEqual(earliest);
    expect(tokens?.expiresAt?.getTime()).toBeLessThanOrEqual(expiryNow());
  });

  it('The token vault keeps the tokens of the latest sign-in alone', async () => {
    await signInAt(app.browser(), '/auth/corp');
    const before = await vault.find(owner());
    await signInAt(app.browser(), '/auth/corp');
    expect((await vault.find(owner()))?.accessToken).not.toBe(before?.accessToken);
  });

  it('The token vault stores no token in clear, and opens none in another row than its own', async () => {
    await signInAt(app.browser(), '/auth/corp');
    const { accessToken = '' } = (await vault.find(owner())) ?? {};
    const sealed = (await findLink(app, SUBJECT))?.sealedTokens ?? Buffer.of();
    expect(sealed.length).toBeGreaterThan(80);
    expect(sealed.includes(accessToken)).toBe(false);
    provider.endUser = { sub: 'vault-2' };
    await signInAt(app.browser(), '/auth/corp');
    provider.endUser = { sub: SUBJECT };
    expect(await vault.find(owner('vault-2'))).toBeDefined();
    await moveSealedTokens(app, SUBJECT, 'vault-2');
    expect(await vault.find(owner('vault-2'))).toBeUndefined();
  });

  it('The token vault forgets tokens without ending the link, and finds none for an account that is not linked', async () => {
    await signInAt(app.browser(), '/auth/corp');
    await vault.remove(owner());
    expect(await vault.find(owner())).toBeUndefined();
    expect(await vault.find(owner('nobody'))).toBeUndefined();
    expect(await findLink(app, SUBJECT)).toBeDefined();
  });
});

describe('a token vault of an application', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start({
      remoteApps: [provider.settings('corp')],
      options: { replace: [[TokenVault, MemoryVault]] },
    });
  });
  afterAll(() => app?.stop());

  it('A token vault of an application is given every token, and nothing of them is stored elsewhere', async () => {
    await signInAt(app.browser(), '/auth/corp');
    const vault = app.port(TokenVault) as MemoryVault;
    expect(vault.kept.get(SUBJECT)?.accessToken).toEqual(expect.any(String));
    expect(await findLink(app, SUBJECT)).toMatchObject({ sealedTokens: null });
  });
});
