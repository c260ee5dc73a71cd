import { Module } from '@nestjs/common';
import { StaffOnlyCheck } from '../../examples/authorization-check/staff-only.check.js';
import { GatewayMethod } from '../../examples/client-auth-method/gateway.method.js';
import { TokenStatistics } from '../../examples/events/token-statistics.listener.js';
import { TeamTokenFormat } from '../../examples/token-format/team.token-format.js';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { eventually } from '../support/eventually.js';
import { TestApp } from '../support/test-app.js';
import { tokensOf } from '../support/test-client.js';

@Module({ providers: [GatewayMethod, StaffOnlyCheck, TeamTokenFormat, TokenStatistics] })
class TeamModule {}

describe('the examples of doors', () => {
  let app: TestApp;
  let ada: TestEndUser;
  beforeAll(async () => {
    process.env.GATEWAY_STAMP = 'stamp-of-the-gateway';
    app = await TestApp.start({ extensions: [TeamModule] });
    ada = await anEndUser().registeredAt(app);
  });
  afterAll(async () => {
    delete process.env.GATEWAY_STAMP;
    await app.stop();
  });

  it('The example of a token format issues tokens by our keys, which the guard, introspection, userinfo and revocation take', async () => {
    const client = await aClient()
      .named('team')
      .allowed('openid profile')
      .with({ access_token_format: 'team' })
      .registeredAt(app);
    const { access_token: token } = await client.signIn(ada);
    expect(token).toMatch(/^team_eyJ/);
    const api = () => app.get('/oauth/userinfo', { authorization: `Bearer ${token}` });
    expect(await (await api()).json()).toMatchObject({ sub: ada.id });
    expect(await (await client.introspect(token)).json()).toMatchObject({ active: true, sub: ada.id });
    await client.revoke(token);
    expect((await api()).status).toBe(401);
    expect(await (await client.introspect(token)).json()).toEqual({ active: false });
  });

  it('The example of a check lets staff alone into one client, and takes the e-mail address from partner apps', async () => {
    const payroll = await aClient().named('payroll').allowed('openid').registeredAt(app);
    const partner = await aClient().named('partner').allowed('openid email').registeredAt(app);
    const grace = await anEndUser().withEmail('grace@staff.example').registeredAt(app);
    expect((await payroll.authorize(ada)).error).toBe('access_denied');
    expect((await payroll.signIn(grace)).scope).toBe('openid');
    expect((await partner.signIn(grace)).scope).toBe('openid');
  });

  it('The example of a listener hears of tokens once they are stored, and of a reuse', async () => {
    const client = await aClient()
      .named('counted')
      .using('authorization_code', 'refresh_token')
      .allowed('profile')
      .registeredAt(app);
    const first = await client.signIn(ada);
    const second = await client.refreshed(first.refresh_token);
    await client.refreshed(second.refresh_token);
    expect((await client.refresh(first.refresh_token)).status).toBe(400);
    const statistics = app.port(TokenStatistics);
    await eventually(async () =>
      expect([statistics.issued.get('counted'), statistics.reused]).toEqual([3, ['counted']]),
    );
  });

  it('The example of a client authentication method believes the gateway and nobody else', async () => {
    const client = aClient().public().named('behind').using('client_credentials').allowed('profile');
    await client.with({ token_endpoint_auth_method: 'gateway', redirect_uris: undefined }).registeredAt(app);
    const ask = (stamp: string) =>
      app.post('/oauth/token', { grant_type: 'client_credentials' }, { 'x-gateway-client': `behind ${stamp}` });
    expect(await tokensOf(ask('stamp-of-the-gateway'))).toHaveProperty('access_token');
    expect((await ask('stamp-of-somebodyelse')).status).toBe(401);
  });
});
