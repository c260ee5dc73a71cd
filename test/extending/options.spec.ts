import { Injectable, Module } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  type GatehouseAsyncOptions,
  GatehouseModule,
  migrations,
  type Replacement,
  type View,
  ViewRenderer,
} from 'gatehouse';
import { decodeJwt } from 'jose';
import { aClient } from '../support/client-builder.js';
import { anEndUser } from '../support/end-user-builder.js';
import { TestApp } from '../support/test-app.js';
import { createHostDatabase } from '../support/test-database.js';

describe('The group tokens', () => {
  let app: TestApp;
  beforeAll(async () => {
    const tokens = { accessTokenSeconds: 77, idTokenSeconds: 88, authorizationCodeSeconds: 99 };
    app = await TestApp.start({ options: { tokens } });
  });
  afterAll(() => app.stop());

  it('A code lives as long as the options say', async () => {
    const grace = await anEndUser().withEmail('grace@example.com').registeredAt(app);
    const web = await aClient().named('other').registeredAt(app);
    const statusAfter = async (seconds: number) => {
      const code = await web.code(grace);
      app.clock.travel({ seconds });
      return (await web.redeem(code)).status;
    };
    expect([await statusAfter(98), await statusAfter(100)]).toEqual([200, 400]);
  });

  it('Access tokens and id_tokens live as long as the options say, and refresh tokens, of which they say nothing, 30 days', async () => {
    const ada = await anEndUser().registeredAt(app);
    const web = await aClient().using('authorization_code', 'refresh_token').registeredAt(app);
    const issued = await web.signIn(ada);
    const { iat = 0, exp = 0 } = decodeJwt(issued.id_token);
    expect([issued.expires_in, exp - iat]).toEqual([77, 88]);
    app.clock.travel({ seconds: 29 * 86_400 });
    const next = await web.refreshed(issued.refresh_token);
    app.clock.travel({ seconds: 31 * 86_400 });
    expect((await web.refresh(next.refresh_token)).status).toBe(400);
  });
});

describe('Options that are wrong', () => {
  it('GatehouseModule.forRoot refuses them before anything is connected to', () => {
    expect(() => GatehouseModule.forRoot({ issuer: 'id.example.com', secretKeys: '' })).toThrow(
      /^Gatehouse cannot start:\n- issuer: is "id\.example\.com", .+\n- secretKeys: is missing; .+$/,
    );
  });

  it('The application does not start, and is told all faults of all groups at once', async () => {
    const options = {
      tokens: {
        accessTokenSeconds: 0,
        tokenFamilySeconds: 401 * 86_400,
        refreshReplayWindowSeconds: 1.5,
        refreshTokenRandomBytes: 16,
      },
      sessions: { absoluteLifetimeSeconds: 401 * 86_400 },
      throttle: { windowSeconds: 15 * 86_400, failuresPerAccount: 0 },
      brand: { nme: 'Acme' },
      apps: [],
      replace: [[TestApp, TestApp]],
    };
    await expect(TestApp.start({ options: options as object })).rejects.toThrow(
      new RangeError(
        [
          'Gatehouse cannot start:',
          '- apps: is no option; leave it out',
          '- brand.nme: is no option; leave it out',
          '- sessions.absoluteLifetimeSeconds: must be whole seconds from 1 to 34560000',
          '- throttle.failuresPerAccount: must be a whole number from 1',
          '- throttle.windowSeconds: must be whole seconds from 1 to 518400',
          '- tokens.accessTokenSeconds: must be whole seconds from 1 to 2678400',
          '- tokens.tokenFamilySeconds: must be whole seconds from 1 to 34560000',
          '- tokens.refreshReplayWindowSeconds: must be whole seconds from 0 to 600',
          '- tokens.refreshTokenRandomBytes: must be whole bytes from 32 (256 bits) to 128',
          '- replace[0]: TestApp is no port; there are Clock, LoginFlowStore, PasswordHasher, SignInThrottle, TokenVault, UserStore, ViewRenderer',
        ].join('\n'),
      ),
    );
  });
});

describe('Options from a factory', () => {
  /** What the pages of this application say at their end. */
  @Injectable()
  class Signature {
    readonly text = 'kind regards';
  }

  @Module({ providers: [Signature], exports: [Signature] })
  class SignatureModule {}

  @Injectable()
  class SignedRenderer extends ViewRenderer {
    constructor(private readonly signature: Signature) {
      super();
    }

    render<Model>(view: View<Model>, _model: Model, page: { brand: { name: string } }) {
      return `${view.name} of ${page.brand.name}, ${this.signature.text}`;
    }
  }

  const replace: Replacement[] = [[ViewRenderer, SignedRenderer, [SignatureModule]]];

  async function starting(
    optionsWith: (secretKeys: string) => GatehouseAsyncOptions,
    check: (url: string) => Promise<void>,
  ): Promise<void> {
    const database = await createHostDatabase();
    const { user: username, ...connection } = database.connection;
    const dataSource = { ...connection, username, migrations, migrationsRun: true };
    try {
      const imports = [
        TypeOrmModule.forRoot({ type: 'postgres', ...dataSource, retryAttempts: 0 }),
        GatehouseModule.forRootAsync(optionsWith(database.secretKeys)),
      ];
      const module = await Test.createTestingModule({ imports }).compile();
      const app = module.createNestApplication<NestExpressApplication>({ logger: ['fatal'] });
      await app.listen(0);
      await check(await app.getUrl());
      await app.close();
    } finally {
      await database.drop();
    }
  }

  const issuer = 'https://id.example.com';

  it('The factory is asked once, and replacements beside it are made of the modules that they name', async () => {
    let asked = 0;
    const optionsWith = (secretKeys: string) => ({
      useFactory: async () => {
        asked += 1;
        return { issuer, secretKeys, brand: { name: 'Acme' } };
      },
      replace,
    });
    await starting(optionsWith, async (url) => {
      expect(await (await fetch(`${url}/login`)).text()).toBe('sign-in of Acme, kind regards');
    });
    expect(asked).toBe(1);
  });

  it('Faults of what the factory gives are told at the start', async () => {
    const optionsWith = (secretKeys: string) => ({
      useFactory: () => ({ issuer, secretKeys, throttle: { windowSeconds: -1 } }),
    });
    await expect(starting(optionsWith, async () => undefined)).rejects.toThrow(
      'Gatehouse cannot start:\n- throttle.windowSeconds: must be whole seconds from 1 to 518400',
    );
  });
});
