import { Injectable, Module } from '@nestjs/common';
import { type AccessTokenClaims, type AccessTokenFormat, TokenFormat, type VerifiedAccessToken } from 'gatehouse';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

/** Tokens that say everything aloud; a format that is meant seriously signs what it says. */
@Injectable()
@TokenFormat('shouted')
class ShoutedFormat implements AccessTokenFormat {
  readonly isStored = false;

  async write({ client, family, ...token }: AccessTokenClaims): Promise<string> {
    const said = { ...token, clientId: client.id, userId: family?.subject, familyId: family?.id };
    return `HEY.${Buffer.from(JSON.stringify(said)).toString('hex').toUpperCase()}`;
  }

  async read(token: string): Promise<VerifiedAccessToken | undefined> {
    const [, hex] = /^HEY\.([0-9A-F]+)$/.exec(token) ?? [];
    if (hex === undefined) return undefined;
    const said = JSON.parse(Buffer.from(hex, 'hex').toString());
    return { ...said, issuedAt: new Date(said.issuedAt), expiresAt: new Date(said.expiresAt) };
  }
}

@Module({ providers: [ShoutedFormat] })
class ShoutedModule {}

describe('An access token of a format of the application', () => {
  let app: TestApp;
  let ada: TestEndUser;
  let loud: TestClient;

  beforeAll(async () => {
    app = await TestApp.start({ extensions: [ShoutedModule] });
    ada = await anEndUser().named('Ada').registeredAt(app);
    loud = await aClient()
      .named('loud')
      .using('authorization_code', 'refresh_token', 'client_credentials')
      .with({ access_token_format: 'shouted' })
      .registeredAt(app);
  });
  afterAll(() => app.stop());

  const me = (token: string, at = app) => at.get('/api/me', { authorization: `Bearer ${token}` });
  const shouted = async (token: Promise<Response>) => (await tokensOf(token)).access_token;

  it('The client gets it, and calls a guarded API with it', async () => {
    const { access_token: token } = await loud.signIn(ada);
    expect(token).toMatch(/^HEY\./);
    expect(await (await me(token)).json()).toMatchObject({ id: ada.id, email: ada.email });
    expect((await me(await shouted(loud.clientCredentials()))).status).toBe(200);
  });

  it('Userinfo tells of whom it speaks', async () => {
    const { access_token: token } = await loud.signIn(ada);
    expect(await (await loud.userinfo(token)).json()).toEqual({
      sub: ada.id,
      name: 'Ada',
      updated_at: expect.any(Number),
    });
  });

  it('Introspection tells what it says', async () => {
    const { access_token: token } = await loud.signIn(ada);
    expect(await (await loud.introspect(token)).json()).toMatchObject({
      active: true,
      client_id: 'loud',
      sub: ada.id,
      scope: 'openid profile',
      aud: [app.url],
    });
  });

  it('Revocation ends it alone on every node, without a word from the format', async () => {
    const node = await app.startNode();
    const [token, other] = [await shouted(loud.clientCredentials()), await shouted(loud.clientCredentials())];
    expect((await me(token, node)).status).toBe(200);
    expect((await loud.revoke(token)).status).toBe(200);
    expect((await me(token)).status).toBe(401);
    expect((await loud.userinfo(token)).status).toBe(401);
    expect(await (await loud.introspect(token)).json()).toEqual({ active: false });
    await eventually(async () => expect((await me(token, node)).status).toBe(401));
    expect((await me(other)).status).toBe(200);
  });

  it('A refresh token that is revoked ends it with its family', async () => {
    const { access_token: token, refresh_token: refreshToken } = await loud.signIn(ada);
    expect((await loud.revoke(refreshToken)).status).toBe(200);
    expect((await me(token)).status).toBe(401);
  });

  it('The end of a token is looked at for its format', async () => {
    const token = await shouted(loud.clientCredentials());
    app.clock.travel({ seconds: 3601 });
    const refusal = await me(token);
    expect([refusal.status, await refusal.json()]).toEqual([
      401,
      expect.objectContaining({ error_description: 'The access token is expired' }),
    ]);
  });

  it('A text that no format has written is refused', async () => {
    for (const text of ['HEY.', 'HEY.YOU', 'gate_at_x']) {
      expect(await (await me(text)).json()).toMatchObject({
        error: 'invalid_token',
        error_description: 'This is not an access token of this server',
      });
    }
  });
});

describe('A token format is refused at boot', () => {
  @Injectable()
  @TokenFormat('rival')
  class RivalFormat extends ShoutedFormat {
    readonly prefix = 'gate_at_k';
  }

  @Injectable()
  @TokenFormat('unfindable')
  class UnfindableFormat extends ShoutedFormat {
    async revoke(): Promise<void> {}
  }

  it.each([
    ['its tokens would begin like those of another format', RivalFormat, 'Tokens of the format "rival" begin like'],
    ['it revokes its tokens itself and gives them no prefix', UnfindableFormat, 'Give it a prefix'],
  ])('A token format is refused at boot where %s', async (_why, format, message) => {
    @Module({ providers: [format] })
    class WrongModule {}
    const outcome = await TestApp.start({ extensions: [WrongModule] }).then(
      async (app) => {
        await app.stop();
        return 'It started';
      },
      (error: Error) => error.message,
    );
    expect(outcome).toContain(message);
  });
});
