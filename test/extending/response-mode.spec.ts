import { Injectable, Module } from '@nestjs/common';
import {
  Answer,
  type RedirectTarget,
  ResponseMode,
  type ResponseModeHandler,
  type ResponseParameters,
} from 'gatehouse';
import { jwtVerify, SignJWT } from 'jose';
import { aClient, CALLBACK } from '../support/client-builder.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import type { TestBrowser } from '../support/test-browser.js';
import type { TestClient } from '../support/test-client.js';

const KEY = new TextEncoder().encode('the key of an application that signs');

/** Carries the response as one signed JWT for the client, in the manner of JARM. */
@Injectable()
@ResponseMode('query.signed')
class SignedResponseMode implements ResponseModeHandler {
  async answer({ client, redirectUri }: RedirectTarget, parameters: ResponseParameters): Promise<Answer> {
    const response = await new SignJWT(parameters)
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(client.id)
      .sign(KEY);
    return Answer.redirect(`${redirectUri}?response=${response}`);
  }
}

@Module({ providers: [SignedResponseMode] })
class SignedModule {}

describe('A response mode that signs for the client', () => {
  let app: TestApp;
  let ada: TestEndUser;
  let web: TestClient;

  beforeAll(async () => {
    app = await TestApp.start({ extensions: [SignedModule] });
    ada = await anEndUser().registeredAt(app);
    web = await aClient().named('web').firstParty().registeredAt(app);
  });
  afterAll(() => app.stop());

  const signed = async (browser: TestBrowser, parameters: Record<string, string> = {}) => {
    const { location } = await web.ask(browser, { response_mode: 'query.signed', ...parameters });
    expect(location?.href.startsWith(`${CALLBACK}?response=`)).toBe(true);
    const { payload } = await jwtVerify(location?.searchParams.get('response') ?? '', KEY);
    return payload;
  };

  it('A response mode of an application is offered in the metadata', async () => {
    const metadata = await (await app.get('/.well-known/openid-configuration')).json();
    expect(metadata.response_modes_supported).toContain('query.signed');
  });

  it('A response mode of an application carries the code, with state and iss, signed for the client', async () => {
    const { code, ...response } = await signed(await ada.browser());
    expect(response).toEqual({ aud: 'web', state: 'a state & more', iss: app.url });
    expect((await web.redeem(String(code))).status).toBe(200);
  });

  it('A response mode of an application carries refusals of every step that knows the client', async () => {
    const usual = { aud: 'web', state: 'a state & more', iss: app.url };
    const unknown = await signed(app.browser(), { response_type: 'nonsense' });
    expect(unknown).toMatchObject({ error: 'unsupported_response_type', ...usual });
    expect(await signed(app.browser(), { prompt: 'none' })).toMatchObject({ error: 'login_required', ...usual });
  });
});
