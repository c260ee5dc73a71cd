import { Passwords, UserStore, Users } from 'gatehouse';
import { signedInBrowser } from './authorization-request.js';
import type { TestApp } from './test-app.js';
import type { TestBrowser } from './test-browser.js';

interface KnownOfEndUser {
  readonly email: string;
  readonly emailVerified: boolean;
  readonly password: string | undefined;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly isDisabled: boolean;
}

/** The password of an end user of whom a test says nothing else. */
export const PASSWORD = 'correct horse battery staple';

/** An end user who is still to be stored: ada@example.com with PASSWORD, until a test says otherwise. */
export function anEndUser(): EndUserBuilder {
  return new EndUserBuilder({
    email: 'ada@example.com',
    emailVerified: false,
    password: PASSWORD,
    claims: {},
    isDisabled: false,
  });
}

/** What is known of an end user, said in words. Each method gives another builder. */
export class EndUserBuilder {
  constructor(private readonly known: KnownOfEndUser) {}

  /** Has this name, as the claim `name`. */
  named(name: string): EndUserBuilder {
    return this.withClaims({ name });
  }

  /** Has this e-mail address. */
  withEmail(email: string): EndUserBuilder {
    return new EndUserBuilder({ ...this.known, email });
  }

  /** Has an e-mail address that is verified. */
  withVerifiedEmail(email = this.known.email): EndUserBuilder {
    return new EndUserBuilder({ ...this.known, email, emailVerified: true });
  }

  /** Signs in with this password. */
  withPassword(password: string): EndUserBuilder {
    return new EndUserBuilder({ ...this.known, password });
  }

  /** Has no password, as one who signs in elsewhere only. */
  withoutPassword(): EndUserBuilder {
    return new EndUserBuilder({ ...this.known, password: undefined });
  }

  /** Has these claims besides those given so far. */
  withClaims(claims: Readonly<Record<string, unknown>>): EndUserBuilder {
    return new EndUserBuilder({ ...this.known, claims: { ...this.known.claims, ...claims } });
  }

  /** Has an account that the operator has closed. */
  disabled(): EndUserBuilder {
    return new EndUserBuilder({ ...this.known, isDisabled: true });
  }

  /** Stores the end user; one of the same e-mail address is overwritten. */
  async registeredAt(app: TestApp): Promise<TestEndUser> {
    const { password, isDisabled, ...stored } = this.known;
    const passwordHash = password === undefined ? undefined : await app.port(Passwords).hash(password);
    const { id, updatedAt } = await app.port(UserStore).upsertByEmail({ ...stored, passwordHash });
    const endUser = new TestEndUser(app, id, stored.email, password ?? '', updatedAt);
    if (isDisabled) await endUser.disable();
    return endUser;
  }
}

/** A stored end user, with the browser in which they sit. */
export class TestEndUser {
  #browser: Promise<TestBrowser> | undefined;

  constructor(
    readonly app: TestApp,
    readonly id: string,
    readonly email: string,
    /** In clear; empty for one who has none. */
    readonly password: string,
    readonly updatedAt: Date,
  ) {}

  /** The browser in which the end user has signed in by the page. */
  browser(): Promise<TestBrowser> {
    this.#browser ??= this.signIn();
    return this.#browser;
  }

  /** Signs in by the page in a browser that nobody has used before. */
  signIn(): Promise<TestBrowser> {
    return signedInBrowser(this.app, this.email, this.password);
  }

  /** Closes the account, as the operator does. */
  async disable(): Promise<void> {
    await this.app.port(Users).disable(this.id);
  }

  /** Opens the account again, as the operator does. */
  async enable(): Promise<void> {
    await this.app.port(Users).enable(this.id);
  }

  /** Removes the account. */
  async remove(): Promise<void> {
    await this.app.port(Users).remove(this.id);
  }
}
