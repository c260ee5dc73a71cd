import { Injectable, Module } from '@nestjs/common';
import { type ProfileMap, RemoteApis, RemoteApp, type RemoteAppSettings } from 'gatehouse';
import { FakeGithub } from '../support/fake-github.js';
import { signedInAs, signInAt } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';

/** Where the provider of this test is known to be, as an application's own configuration would say. */
const where = { url: '' };

@Injectable()
@RemoteApp('hub', { replace: true })
class Hub implements Omit<RemoteAppSettings, 'name'> {
  readonly label = 'The Hub';
  readonly clientId = 'github-client';
  readonly clientSecret = 'github secret/+&';
  readonly authorizeUrl = `${where.url}/login/oauth/authorize`;
  readonly accessTokenUrl = `${where.url}/login/oauth/access_token`;
  readonly userinfoUrl = `${where.url}/user`;
  readonly profile: ProfileMap = {
    claims: { sub: 'id' },
    extraCalls: [
      {
        url: `${where.url}/user/emails`,
        read: (answer) => ({ name: `${(answer as unknown[]).length} addresses` }),
      },
    ],
  };
}

@Module({ providers: [Hub] })
class HubModule {}

describe('a remote app that is a class of an application', () => {
  it('A remote app that is a class signs end users in under the name it claims, in place of one of the options', async () => {
    const hub = await FakeGithub.start();
    where.url = hub.server.url;
    const app = await TestApp.start({
      extensions: [HubModule],
      remoteApps: [hub.settings('github'), { name: 'hub', clientId: 'old' }],
    });
    const browser = app.browser();
    expect((await browser.get('/login')).html).toContain('Sign in with The Hub');
    expect((await signInAt(browser, '/auth/hub')).status).toBe(303);
    expect(await signedInAs(browser)).toBe('0 addresses');
    await app.stop();
    await hub.stop();
  });
});

describe('The option login.apps', () => {
  it('The application refuses to start with wrong remote apps, and names every fault of every one', () => {
    const registry = startingWith([
      { name: 'github', clientId: 'a' },
      { name: 'corp', clientId: '', issuer: 'nowhere', clientSecret: 'b' },
    ]);
    return expect(registry).rejects.toThrow(
      /github\.clientSecret is missing; set it.*\n- corp\.clientId is missing; set it.*\n- corp\.issuer is not an absolute https URL; give one/,
    );
  });

  it('An application takes a preset under another name, and says which there are where one is unknown', async () => {
    const credentials = { clientId: 'a', clientSecret: 'b' };
    const app = await TestApp.start({
      remoteApps: [{ name: 'work', preset: 'github', label: 'Work', ...credentials }],
    });
    const start = await app.get('/auth/work');
    await app.stop();
    expect(start.headers.get('location')).toMatch(/^https:\/\/github\.com\/login\/oauth\/authorize\?/);
    await expect(startingWith([{ name: 'work', preset: 'githab', ...credentials }])).rejects.toThrow(
      /work\.preset is "githab", which is not known here; choose one of (\w+, )*github, (\w+, )*google/,
    );
    await expect(startingWith([{ name: 'githab', ...credentials }])).rejects.toThrow(
      /githab\.issuer is missing; .*github, (\w+, )*google/,
    );
  });

  it('A preset at a host of its own takes none of the addresses of the preset, so that tokens never go there', async () => {
    const work = { name: 'work', preset: 'github', clientId: 'a', clientSecret: 'b' };
    await expect(startingWith([{ ...work, authorizeUrl: 'https://hub.work.example/login' }])).rejects.toThrow(
      /work\.accessTokenUrl is missing(.|\n)*work\.userinfoUrl is neither an absolute https URL nor relative/,
    );
    const gitlab = { name: 'gitlab', clientId: 'a', clientSecret: 'b', issuer: 'http://localhost:1' };
    const app = await TestApp.start({ remoteApps: [gitlab] });
    const call = app.port(RemoteApis).get('gitlab').withToken('t').get('https://gitlab.com/api/v4/user');
    await expect(call).rejects.toThrow(/are for no host, not for gitlab\.com/);
    await app.stop();
    await startingWith([{ ...work, authorizeUrl: 'https://github.com/login/oauth/authorize?prompt=select_account' }]);
  });

  it('The application refuses to start with two remote apps of one name', () => {
    const github = { name: 'github', clientId: 'a', clientSecret: 'b' };
    return expect(startingWith([github, github])).rejects.toThrow('github is given twice');
  });

  async function startingWith(remoteApps: readonly RemoteAppSettings[]): Promise<void> {
    const app = await TestApp.start({ remoteApps });
    await app.stop();
  }
});
