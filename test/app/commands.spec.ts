import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeProtectedHeader } from 'jose';
import { gatehouse, variablesFor } from '../support/commands.js';
import { eventually } from '../support/eventually.js';
import { dropPartitionsAt, partitionsAt, partitionsOf } from '../support/partitions.js';
import { anotherKey, publishNextKeys, secretKeysInUse, signedByServer } from '../support/signing.js';
import { killStarts, START_MILLISECONDS, Start } from '../support/start.js';
import { TestApp } from '../support/test-app.js';
import { createEmptyDatabase } from '../support/test-database.js';

const DAY_MILLISECONDS = 86_400_000;

describe('The commands of gatehouse', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(async () => {
    killStarts();
    await app.stop();
  });

  const signingKey = () => decodeProtectedHeader(signedByServer(app, { sub: 'somebody' })).kid ?? '';

  it('The command keys status tells the stage of every signing key and which of SECRET_KEYS are in use', async () => {
    const [oldId] = app.database.secretKeys.split(':');
    const secretKeys = `${anotherKey('fresh')},${app.database.secretKeys}`;
    const told = await gatehouse('keys status', { ...app.database, secretKeys });
    expect(told).toMatch(new RegExp(`  ${signingKey()}  ES256  signs since 20\\S+Z\n`));
    expect(told.match(/ published since /g)).toHaveLength(4);
    expect(told).toContain('  fresh: seals from now on\n');
    expect(told).toContain(`  ${oldId}: seals 8 rows of signing_keys\n`);
    const lost = await gatehouse('keys status', { ...app.database, secretKeys: anotherKey('fresh') });
    expect(lost).toContain(`Not in SECRET_KEYS is ${oldId}, which seals 8 rows of signing_keys`);
    expect(lost.match(/, does not open/g)).toHaveLength(8);
  });

  it('The command keys rotate has running nodes sign with the next keys, once these have been published long enough', async () => {
    const before = signingKey();
    await publishNextKeys(app, new Date());
    await expect(gatehouse('keys rotate', app.database)).rejects.toThrow(/Rotate in 9\d\d seconds/);
    await publishNextKeys(app, new Date(Date.now() - DAY_MILLISECONDS));
    expect(await gatehouse('keys rotate', app.database)).toContain('sign from now on');
    await eventually(async () => expect(signingKey()).not.toBe(before));
    expect(await gatehouse('keys status', app.database)).toContain(`${before}  ES256  verifies since`);
  });

  it('The command keys retire withdraws a key at running nodes, and says where there is none', async () => {
    const before = signingKey();
    await gatehouse(`keys retire ${before}`, app.database);
    await eventually(async () => expect(signingKey()).not.toBe(before));
    await expect(gatehouse(`keys retire ${before}`, app.database)).rejects.toThrow(`There is no signing key ${before}`);
  });

  it('The command keys reseal brings what is stored under the newest of SECRET_KEYS', async () => {
    const secretKeys = `${anotherKey('fresh')},${app.database.secretKeys}`;
    expect(await gatehouse('keys reseal', { ...app.database, secretKeys })).toMatch(/^Resealed: [1-9]\d* rows\.\n$/);
    expect(await secretKeysInUse(app)).toEqual(['fresh']);
  });

  it('The command partitions makes what is missing', async () => {
    const soon = new Date(Date.now() + 14 * DAY_MILLISECONDS);
    const names = partitionsAt(app, soon);
    await dropPartitionsAt(app, soon);
    const told = await gatehouse('partitions', app.database);
    for (const name of names) expect(told).toContain(name);
    expect(await partitionsOf(app)).toEqual(expect.arrayContaining(names));
  });

  it('The command migrate makes the schema, and others say where it is missing', async () => {
    const empty = await createEmptyDatabase();
    const database = { connection: empty.connection, secretKeys: app.database.secretKeys };
    await expect(gatehouse('keys status', database)).rejects.toThrow('There are no tables of Gatehouse');
    expect(await gatehouse('migrate', database)).toBe('The schema gatehouse is up to date.\n');
    expect(await gatehouse('keys status', database)).toContain('Signing keys:');
    await empty.drop();
  });

  it.each(['keys', 'keys retire', 'keys status now', 'migrate it'])(
    'The commands are listed where there is none called "%s"',
    (words) => expect(gatehouse(words, app.database)).rejects.toThrow(/There are:\n {2}gatehouse keys status\n/),
  );

  it(
    'The program takes a command in its arguments, prints what it says and ends',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'gatehouse-command-'));
      const program = new Start(folder, variablesFor(app.database), 'keys', 'status');
      const wrong = new Start(folder, variablesFor(app.database), 'keys', 'steal');
      expect([await program.stopped(), await wrong.stopped()]).toEqual([0, 1]);
      expect(program.stdout).toContain('Signing keys:\n');
      expect(wrong.stderr).toMatch(/^There is no command "gatehouse keys steal"/);
      rmSync(folder, { recursive: true });
    },
    START_MILLISECONDS,
  );
});
