import { createHash } from 'node:crypto';
import { Controller, Get, Injectable, Module, type Type } from '@nestjs/common';
import {
  CurrentUser,
  type NewUser,
  type PageContext,
  PasswordHasher,
  type Replacement,
  SignInThrottle,
  type User,
  UserStore,
  type View,
  ViewRenderer,
} from 'gatehouse';
import { DataSource, type EntityManager } from 'typeorm';
import { signIn } from '../support/authorization-request.js';
import { anEndUser, type TestEndUser } from '../support/end-user-builder.js';
import { rowsOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';

/** Hashes as an older system made them. */
@Injectable()
class OldHasher extends PasswordHasher {
  async hash(password: string) {
    return `old:${createHash('sha256').update(password).digest('hex')}`;
  }

  async verify(password: string, hash: string | undefined) {
    return (await this.hash(password)) === hash;
  }
}

/** Page titles as plain text. */
class TitleRenderer extends ViewRenderer {
  render<Model>(view: View<Model>, model: Model, page: PageContext) {
    return `plain ${view.name}: ${view.title(model, page)}`;
  }
}

class ClosedThrottle extends SignInThrottle {
  async attempt() {
    return { outcome: 'throttled' as const, retryAfterSeconds: 7 };
  }
}

/** What a store of one's own is constructed from. */
@Injectable()
class Directory {
  readonly department = 'Engines';
}

@Module({ providers: [Directory], exports: [Directory] })
class DirectoryModule {}

/** The end users of the table, each with a department from elsewhere. */
@Injectable()
class DirectoryUserStore extends UserStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly directory: Directory,
  ) {
    super();
  }

  findById(id: string) {
    return this.#find('id', id);
  }

  findByEmail(email: string) {
    return this.#find('email', email.toLowerCase());
  }

  async create({ email }: NewUser, transaction: EntityManager) {
    await transaction.query('INSERT INTO gatehouse.users (email) VALUES ($1)', [email]);
    return this.#find('email', email ?? '');
  }

  async upsertByEmail({ email, passwordHash }: { email: string; passwordHash?: string | undefined }) {
    await this.dataSource.query('INSERT INTO gatehouse.users (email, password_hash) VALUES ($1, $2)', [
      email,
      passwordHash,
    ]);
    return (await this.#find('email', email)) as User;
  }

  async #find(column: string, value: string): Promise<User | undefined> {
    const [row] = await this.dataSource.query(`SELECT * FROM gatehouse.users WHERE ${column} = $1`, [value]);
    const claims = { department: this.directory.department };
    return row && { id: row.id, email: row.email, emailVerified: true, passwordHash: row.password_hash, claims };
  }
}

@Controller('department')
class DepartmentController {
  @Get()
  show(@CurrentUser() user: User) {
    return { department: user.claims.department };
  }
}

@Module({ controllers: [DepartmentController] })
class DepartmentModule {}

describe('a class of your own in the place of', () => {
  let app: TestApp;
  let ada: TestEndUser;
  afterEach(() => app.stop());

  const start = async (replacement: Replacement, extensions: Type[] = []) => {
    app = await TestApp.start({ options: { replace: [replacement] }, extensions });
    ada = await anEndUser().registeredAt(app);
  };

  it('PasswordHasher signs end users in by the hashes that it knows', async () => {
    await start([PasswordHasher, OldHasher]);
    const [row] = await rowsOf(app, 'users');
    expect(row?.password_hash).toMatch(/^old:/);
    await ada.signIn();
  });

  it('UserStore is asked for everybody, and is made from the modules that it names', async () => {
    await start([UserStore, DirectoryUserStore, [DirectoryModule]], [DepartmentModule]);
    const browser = await ada.signIn();
    expect(JSON.parse((await browser.get('/department')).html)).toEqual({ department: 'Engines' });
  });

  it('ViewRenderer writes every page', async () => {
    await start([ViewRenderer, TitleRenderer]);
    expect((await app.browser().get('/login')).html).toBe('plain sign-in: Sign in');
    expect((await app.browser().get('/nowhere')).html).toMatch(/^plain error: /);
  });

  it('SignInThrottle decides who must wait', async () => {
    await start([SignInThrottle, ClosedThrottle]);
    const browser = app.browser();
    await expect(signIn(browser, await browser.get('/login'), ada.email, ada.password)).rejects.toThrow(
      'answered with 429',
    );
  });
});
