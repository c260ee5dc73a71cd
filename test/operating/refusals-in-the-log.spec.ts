import type { GatehouseEvent } from 'gatehouse';
import { aClient } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { hearingEvents } from '../support/heard-events.js';
import { LogLines } from '../support/log-lines.js';
import { rotateKeys } from '../support/signing.js';
import { sql } from '../support/stored-rows.js';
import { takeBack } from '../support/taking-back.js';
import { basic, TestApp } from '../support/test-app.js';
import { type TestClient, tokensOf } from '../support/test-client.js';

const REFERENCE = '\\[[0-9a-f-]{36}\\]$';

describe('The log', () => {
  const { module, heard } = hearingEvents();
  let app: TestApp;
  let log: LogLines;
  let ada: TestEndUser;
  let web: TestClient;
  let machine: TestClient;
  beforeEach(async () => {
    app = await TestApp.start({ extensions: [module], options: { throttle: { failuresPerAccount: 2 } } });
    ada = await anEndUser().registeredAt(app);
    web = await aClient().named('web').using('authorization_code', 'refresh_token').registeredAt(app);
    machine = await aClient().named('machine').using('client_credentials').allowed('email').registeredAt(app);
    log = LogLines.of('warn', 'log', 'error');
    heard();
  });
  afterEach(async () => {
    await app.stop();
    log.restore();
  });

  const warnings = () => log.lines.filter((line) => line.startsWith('warn '));
  const events = () => warnings().flatMap((line) => (line.startsWith('warn {') ? [JSON.parse(line.slice(5))] : []));

  it.each<[string, string, () => Promise<unknown>]>([
    ['a wrong grant', 'POST /oauth/token 400 invalid_grant \\(client web\\): .+', () => web.refresh('x')],
    [
      'a wrong secret',
      'POST /oauth/token 401 invalid_client \\(client machine\\): client_secret_basic does not prove client "machine"',
      () => app.post('/oauth/token', { grant_type: 'client_credentials' }, basic('machine', 'x')),
    ],
    [
      'a body that is no form',
      'POST /oauth/token 400 invalid_request: Send the parameters as .+',
      () => app.post('/oauth/token', '{}', { 'content-type': 'application/json' }),
    ],
    [
      'an unknown client at introspection',
      'POST /oauth/introspect 401 invalid_client \\(client no\\?body\\): .+',
      () => app.post('/oauth/introspect', { token: 'x' }, basic('no\nbody', 'x')),
    ],
    [
      'nothing to revoke',
      'POST /oauth/revoke 400 invalid_request \\(client machine\\): .+',
      () => machine.post('/oauth/revoke', {}),
    ],
    [
      'too little scope at userinfo',
      'GET /oauth/userinfo 403 insufficient_scope \\(client machine\\): .+',
      async () => machine.userinfo((await tokensOf(machine.clientCredentials())).access_token),
    ],
    [
      'another spelling of the address',
      'GET /OAuth/Userinfo/ 401 missing_token: .+',
      () => app.get('/OAuth/Userinfo/?access_token=secret'),
    ],
  ])('The log has a warning with client, code, detail and reference id for %s', async (_what, line, send) => {
    await send();
    expect(warnings()).toEqual([expect.stringMatching(new RegExp(`^warn ${line} ${REFERENCE}`))]);
  });

  it('The log keeps refusals of guarded routes and of unknown addresses at a level that is off by default', async () => {
    await app.get('/api/me', { authorization: 'Bearer x' });
    await app.get('/nowhere');
    expect(log.lines.map((line) => line.split(':')[0])).toEqual([
      'log GET /api/me 401 invalid_token',
      'log GET /nowhere 404 not_found',
    ]);
  });

  it('The log and the event of a refused token have one and the same reference id', async () => {
    await web.refresh('x');
    const [refused] = heard() as readonly GatehouseEvent<'token.refused'>[];
    expect(warnings()).toEqual([expect.stringContaining(`[${refused?.referenceId}]`)]);
  });

  it('The log has a line of JSON for the reuse of a refresh token, the replay of a code, and who signed in and agreed', async () => {
    const { refresh_token: refreshToken } = await web.signIn(ada);
    await web.refreshed(refreshToken);
    app.clock.travel({ seconds: 300 });
    await web.refresh(refreshToken);
    const code = await web.code(ada);
    await web.redeem(code);
    await web.redeem(code);
    const atWeb = { clientId: 'web', subject: ada.id };
    expect(events()).toEqual([
      { type: 'end_user.signed_in', subject: ada.id, amr: ['pwd'], address: expect.any(String) },
      { type: 'consent.given', ...atWeb, scopes: expect.any(Array), authorizationId: expect.any(String) },
      { type: 'refresh_token.reused', ...atWeb, familyId: expect.any(String) },
      { type: 'authorization_code.replayed', ...atWeb, familyId: expect.any(String) },
    ]);
  });

  it('The log has a line of JSON for a failed sign-in, a lock-out, an authorization that is taken back, and rotated keys', async () => {
    await web.signIn(ada);
    const browser = app.browser();
    for (let count = 0; count < 3; count++) {
      await browser.submit(await browser.get('/login'), { email: ada.email, password: 'a guess' });
    }
    await takeBack(ada, web);
    await rotateKeys(app);
    const types = events().map(({ type }) => type);
    expect(types.slice(2)).toEqual([
      'sign_in.failed',
      'sign_in.failed',
      'sign_in.throttled',
      'authorization.taken_back',
      'signing_keys.rotated',
    ]);
  });

  it('The log stays readable in a flood of refusals, and tells how many there were', async () => {
    const send = (number: number) =>
      app.post('/oauth/token', { grant_type: 'client_credentials' }, basic(`nobody-${number}`, 'x'));
    await Promise.all(Array.from({ length: 200 }, (_, number) => send(number)));
    expect(warnings()).toHaveLength(10);
    await app.nest.close();
    expect(warnings().slice(10)).toEqual(['warn POST /oauth/token 401 invalid_client: 190 more within a minute']);
  });

  it('The log stays readable in a flood of faults of ours as well', async () => {
    await sql(app, 'ALTER TABLE gatehouse.clients RENAME TO elsewhere');
    const numbers = Array.from({ length: 40 }, (_, number) => number);
    await Promise.all(numbers.map((number) => app.get(`/oauth/authorize?client_id=nobody-${number}`)));
    await sql(app, 'ALTER TABLE gatehouse.elsewhere RENAME TO clients');
    expect(log.lines).toHaveLength(10);
    expect(log.lines[0]).toMatch(/^error GET \/oauth\/authorize 500 server_error: /);
    await app.nest.close();
    expect(log.lines.slice(10)).toEqual(['error GET /oauth/authorize 500 server_error: 30 more within a minute']);
  });
});
