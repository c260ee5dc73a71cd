import { randomBytes } from 'node:crypto';
import { PasswordHasher } from 'gatehouse';
import { loadBootstrapFile, storedByBootstrap } from '../support/bootstrapping.js';
import { changeRows, deleteRows, dumpOf, rowsOf } from '../support/stored-rows.js';
import { TestApp } from '../support/test-app.js';

/** Counts what a start computes; a hash names its password, and has a salt so that no two are alike. */
class CountingHasher extends PasswordHasher {
  static count = 0;

  async hash(password: string) {
    CountingHasher.count++;
    return `${randomBytes(4).toString('hex')}:${password}`;
  }

  async verify(password: string, hash: string | undefined) {
    CountingHasher.count++;
    return hash?.slice(9) === password;
  }
}

const END_USERS = 100;
const fileOf = (password: string) => ({
  users: Array.from({ length: END_USERS }, (_, index) => ({ email: `${index}@example.com`, password })),
});

describe('the passwords of a bootstrap file', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await TestApp.start({ options: { replace: [[PasswordHasher, CountingHasher]] } });
    await loadBootstrapFile(app, fileOf('first'));
    CountingHasher.count = 0;
  });
  afterEach(() => app.stop());

  it('A start that finds the passwords of its bootstrap file stored computes no hash and writes nothing', async () => {
    const before = await storedByBootstrap(app);
    await loadBootstrapFile(app, fileOf('first'));
    expect(CountingHasher.count).toBe(0);
    expect(await storedByBootstrap(app)).toEqual(before);
  });

  it('A password that differs in the file is stored, whether or not the old one was known', async () => {
    await loadBootstrapFile(app, fileOf('second'));
    await loadBootstrapFile(app, fileOf('first'));
    const hashes = (await rowsOf(app, 'users')).map(({ password_hash }) => String(password_hash));
    expect(hashes.filter((hash) => hash.endsWith(':first'))).toHaveLength(END_USERS);
  });

  it('What is known of a password counts for the very hash that it was found behind', async () => {
    await changeRows(app, 'users', { email: '7@example.com' }, { password_hash: '00000000:chosen by the end user' });
    await loadBootstrapFile(app, fileOf('first'));
    const [row] = await rowsOf(app, 'users', { email: '7@example.com' });
    expect(row?.password_hash).toMatch(/:first$/);
    expect(CountingHasher.count).toBe(2);
  });

  it('What is known of a password outlives a new key in front of the ring', async () => {
    const key = `next:${randomBytes(32).toString('base64url')}`;
    const node = await app.startNode({ secretKeys: `${key},${app.database.secretKeys}` });
    await loadBootstrapFile(node, fileOf('first'));
    expect(CountingHasher.count).toBe(0);
  });

  it('What is known of a password is useless without the key ring, and goes with its end user', async () => {
    const text = await dumpOf(app, 'checked_passwords');
    expect(text).not.toContain('first');
    await deleteRows(app, 'users', { email: '7@example.com' });
    expect(await rowsOf(app, 'checked_passwords')).toHaveLength(END_USERS - 1);
  });
});
