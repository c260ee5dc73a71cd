import { Injectable, Module } from '@nestjs/common';
import {
  type Completed,
  type FormParameters,
  type LoginExchange,
  LoginFailure,
  LoginProtocol,
  type LoginProtocolHandler,
  type NamedSettings,
  RemoteApp,
  type RemoteProfile,
  TokenVault,
} from 'gatehouse';
import { Strategy } from 'passport';
import { FakeServer } from '../support/fake-server.js';
import { expectFailurePage, leaveFor, signedInAs, signInAt } from '../support/remote-sign-in.js';
import { TestApp } from '../support/test-app.js';

/** Where the ticket office of this test stands. */
const office = { url: '' };

/** A place that sells tickets: it names the flow itself, as OAuth 1.0a does by `oauth_token`. */
interface TicketOffice extends RemoteApp {
  readonly counter: string;
}

class TicketStrategy extends Strategy {
  constructor(private readonly exchange: LoginExchange<TicketOffice>) {
    super();
  }

  override authenticate(): void {
    const { answer } = this.exchange;
    (answer === undefined ? this.#queue() : this.#enter(answer)).catch((error: unknown) => this.error(error));
  }

  async #queue(): Promise<void> {
    const { app, callbackUrl } = this.exchange;
    const number = await (await fetch(`${app.counter}/number`)).text();
    await this.exchange.begin(number, { stub: `stub of ${number}` });
    this.redirect(`${app.counter}/show?${new URLSearchParams({ number, callback: callbackUrl })}`);
  }

  async #enter({ parameters, secrets }: NonNullable<LoginExchange['answer']>): Promise<void> {
    const { app } = this.exchange;
    if (parameters.get('seat') === 'none') return this.fail();
    if (parameters.get('seat') === 'broken') {
      throw new LoginFailure('profile_unusable', this.exchange, 'the seat is broken');
    }
    const ticket = await (await fetch(`${app.counter}/ticket?${new URLSearchParams(secrets)}`)).text();
    const profile: RemoteProfile = {
      issuer: app.name,
      claims: { sub: ticket, name: `Holder of ${ticket}` },
      tokens: { accessToken: ticket, expiresAt: new Date(0) },
    };
    this.success(profile);
  }
}

@Injectable()
@LoginProtocol('ticket')
class TicketProtocol implements LoginProtocolHandler<TicketOffice> {
  complete(settings: NamedSettings & { counter?: string }, allowHttp: boolean): Completed<TicketOffice> {
    const { name, label, protocol, counter } = settings;
    if (counter === undefined || !allowHttp) {
      return { faults: [{ name: 'protocol', problem: 'has no counter', fix: 'say where the counter is' }] };
    }
    return { app: { name, label, protocol, responseMode: 'query', counter } };
  }

  flowHandle(answer: FormParameters): string | undefined {
    return answer.get('number');
  }

  strategy(exchange: LoginExchange<TicketOffice>): Strategy {
    return new TicketStrategy(exchange);
  }
}

@Injectable()
@RemoteApp('opera')
class Opera {
  readonly protocol = 'ticket';
  readonly clientId = 'any';
  readonly counter = office.url;
}

@Module({ providers: [TicketProtocol, Opera] })
class TicketModule {}

describe('a login protocol of an application', () => {
  let server: FakeServer;
  let app: TestApp;
  let numbers = 0;

  beforeAll(async () => {
    server = await FakeServer.start();
    office.url = server.url;
    server.routes.set('/number', () => ({ body: String(++numbers) }));
    server.routes.set('/ticket', ({ url }) => ({ body: url.searchParams.get('stub') ?? 'no stub' }));
    server.routes.set('/show', ({ url: { searchParams } }) => ({
      status: 302,
      headers: { location: `${searchParams.get('callback')}?number=${searchParams.get('number')}` },
    }));
    app = await TestApp.start({ extensions: [TicketModule] });
  });
  afterAll(async () => {
    await app?.stop();
    await server?.stop();
  });

  it('A login protocol of an application signs an end user in from start to callback, by a handle that the provider names and a secret kept meanwhile', async () => {
    const browser = app.browser();
    const arrived = await signInAt(browser, '/auth/opera?return_to=%2Faccount');
    expect([arrived.status, arrived.headers.get('location')]).toEqual([303, '/account']);
    expect(await signedInAs(browser)).toBe(`Holder of stub of ${numbers}`);
    const subject = `stub of ${numbers}`;
    const vault = app.port(TokenVault);
    expect(await vault.find({ issuer: 'opera', subject })).toMatchObject({ accessToken: subject });
  });

  it('A login protocol of an application cannot be fed an answer of another browser, or the same answer twice', async () => {
    const browser = app.browser();
    const callback = await leaveFor(browser, '/auth/opera');
    expectFailurePage(await app.browser().get(callback), 400, 'flow_unknown', 'Opera');
    expect((await browser.get(callback)).status).toBe(303);
    app.clock.travel({ seconds: 31 });
    expectFailurePage(await browser.get(callback), 400, 'flow_unknown', 'Opera');
  });

  it('A login protocol of an application tells the end user of a failure that its strategy raises, and of one that it only calls a failure', async () => {
    const failing = async (seat: string) => {
      const browser = app.browser();
      return browser.get(`${await leaveFor(browser, '/auth/opera')}&seat=${seat}`);
    };
    expectFailurePage(await failing('broken'), 502, 'profile_unusable', 'Opera did not say who you are');
    expectFailurePage(await failing('none'), 403, 'access_denied', 'declined at Opera');
  });

  it('A login protocol of an application has the faults of its settings told at the start, as those of ours are', async () => {
    const starting = TestApp.start({
      extensions: [TicketModule],
      remoteApps: [
        { name: 'theatre', protocol: 'ticket', clientId: 'any' },
        { name: 'circus', protocol: 'magic', clientId: 'any' },
      ],
    });
    await expect(starting.then((started) => started.stop())).rejects.toThrow(
      /theatre\.protocol has no counter; say where.*\n- circus\.protocol is "magic", which no class claims; choose one of oauth1, oauth2, oidc, ticket/,
    );
  });
});
