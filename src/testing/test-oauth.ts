import type { DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { SessionGuard } from '../auth/guards/session.guard.js';
import { SignInGuard } from '../auth/guards/sign-in.guard.js';
import { UnguardedParameters } from '../auth/guards/unguarded-parameters.js';
import { SignInLink } from '../auth/sign-in/sign-in-link.js';
import { AccessTokenVerifier } from '../common/access-token-verifier.js';
import { type CommonOptions, commonGroup } from '../common/config/common.options.js';
import { OptionsModule } from '../common/config/options.module.js';
import { KeyRing } from '../common/crypto/key-ring.js';
import { GroundModule } from '../common/ground.module.js';
import { errorUriGroup } from '../common/http/error-uris.js';
import { OAuthErrorFilter } from '../common/http/oauth-error.filter.js';
import { brandGroup } from '../ui/brand.js';
import { pageGroup } from '../ui/page.options.js';
import { UiModule } from '../ui/ui.module.js';
import { EndUserSession } from '../users/session/end-user-session.js';
import type { SignIn } from '../users/session/sign-in.js';
import { EndUsers } from '../users/user/end-users.js';
import type { User } from '../users/user/user.js';
import { TestSessions } from './test-sessions.js';
import { type TestToken, TestTokens } from './test-tokens.js';

/** What the application under test sets of the options of GatehouseModule, as far as guards know them. */
export type TestOAuthOptions = Partial<Pick<CommonOptions, 'issuer' | 'guard'>>;

/** An end user of a test, by `sub`, as `@CurrentUser()` gives them. */
export type TestEndUser = { readonly sub: string } & Partial<Omit<User, 'id'>>;

/**
 * The module of Gatehouse for tests of your own controllers, without database and network. Guards, filters and pages are
 * the real ones; the tokens and sign-ins that they find are those that the test gives out.
 * ```ts
 * const oauth = createTestOAuth();
 * const module = await Test.createTestingModule({ imports: [oauth.module], controllers: [NotesController] }).compile();
 * ```
 */
export class TestOAuth {
  /** In place of GatehouseModule, and global as that one is. */
  readonly module: DynamicModule;
  readonly #tokens: TestTokens;
  readonly #sessions: TestSessions;
  readonly #endUsers = new Map<string, User>();

  constructor({ issuer = 'http://localhost', guard }: TestOAuthOptions) {
    const secretKeys = KeyRing.generate();
    this.#tokens = new TestTokens(issuer);
    this.#sessions = new TestSessions();
    const endUsers: Pick<EndUsers, 'find'> = { find: async (subject) => this.#endUsers.get(subject) };
    this.module = {
      module: TestOAuthModule,
      global: true,
      imports: [
        OptionsModule.forRootAsync({
          useFactory: () => ({ issuer, secretKeys, guard }),
          tree: { top: commonGroup, groups: { brand: brandGroup, errors: errorUriGroup, pages: pageGroup({}) } },
        }),
        DiscoveryModule,
        GroundModule,
        UiModule,
      ],
      providers: [
        SessionGuard,
        SignInGuard,
        UnguardedParameters,
        { provide: AccessTokenVerifier, useValue: this.#tokens },
        SignInLink,
        {
          provide: EndUserSession,
          useFactory: (link: SignInLink) => this.#sessions.sendingTo(link),
          inject: [SignInLink],
        },
        { provide: EndUsers, useValue: endUsers },
        { provide: APP_GUARD, useExisting: SessionGuard },
        { provide: APP_FILTER, useClass: OAuthErrorFilter },
      ],
      exports: [AccessTokenVerifier, EndUserSession, EndUsers],
    };
  }

  /** An access token that the guards let in. An end user whom nothing is known of yet exists from now on. */
  token(content: TestToken = {}): string {
    if (content.sub !== undefined && !this.#endUsers.has(content.sub)) this.endUser({ sub: content.sub });
    return this.#tokens.issue(content);
  }

  /** The same as the value of the header Authorization. */
  bearer(content: TestToken = {}): string {
    return `Bearer ${this.token(content)}`;
  }

  /** Revokes a token, with or without `Bearer` before it. */
  revoke(token: string): void {
    this.#tokens.revoke(token.replace(/^Bearer /, ''));
  }

  /**
   * Signs an end user in: the headers of a browser that is theirs from now on. `signIn` says how and when they proved who
   * they are.
   */
  signIn(endUser: TestEndUser, signIn: Partial<SignIn> = {}): { readonly cookie: string } {
    const { id } = this.endUser(endUser);
    return { cookie: this.#sessions.begin(id, signIn) };
  }

  /** Sets what `@CurrentUser()` finds for a `sub`, in place of what was set before. */
  endUser({ sub, ...known }: TestEndUser): User {
    const nothing = { email: undefined, emailVerified: false, passwordHash: undefined, claims: {} };
    const user: User = { ...nothing, updatedAt: new Date(), ...known, id: sub };
    this.#endUsers.set(sub, user);
    return user;
  }

  /** Has an end user be gone, whose tokens and sessions still come. */
  removeEndUser(sub: string): void {
    this.#endUsers.delete(sub);
  }
}

class TestOAuthModule {}

/** One application's worth of tokens, sign-ins and end users for a test. */
export function createTestOAuth(options: TestOAuthOptions = {}): TestOAuth {
  return new TestOAuth(options);
}
