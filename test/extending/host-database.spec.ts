import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication, LoggerService } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { GatehouseModule, migrations, migrationsIn, PasswordHasher, UserStore } from 'gatehouse';
import { Column, DataSource, Entity, type MigrationInterface, PrimaryColumn, type QueryRunner } from 'typeorm';
import { settingsOfOurs } from '../support/prepared-sql.js';
import { TestBrowser } from '../support/test-browser.js';
import { createEmptyDatabase } from '../support/test-database.js';
import { startEmbeddedPostgres } from '../support/whole-server.js';

/** The end users of the application itself. */
@Entity('users')
class CustomerEntity {
  @PrimaryColumn('integer')
  id: number;

  @Column('text')
  name: string;
}

class CreateCustomers1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE app.users (id integer PRIMARY KEY, name text NOT NULL);
      INSERT INTO app.users VALUES (1, 'a customer')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE app.users');
  }
}

/** In what an application differs from the usual one. */
interface Difference {
  /** The name of its data source, and the one that the option says. */
  readonly name?: { readonly given: string; readonly option: string | undefined };
}

describe('The database of an application that has tables and a schema of its own', () => {
  const secretKeys = `k1:${randomBytes(32).toString('base64url')}`;
  let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
  let app: INestApplication | undefined;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    const dataSource = await new DataSource({ type: 'postgres', ...connection() }).initialize();
    await dataSource.query(`
      CREATE SCHEMA app;
      CREATE TABLE public.users (id integer PRIMARY KEY);
      CREATE TABLE public.clients (name text);
      CREATE TABLE public.scopes (name text);
      CREATE TABLE public.migrations (version integer)`);
    await dataSource.destroy();
  });
  afterEach(async () => {
    await app?.close();
    await database.drop();
  });

  const connection = () => {
    const { user: username, ...parts } = database.connection;
    return { ...parts, username };
  };
  const start = async (ours: typeof migrations, schema?: string, { name }: Difference = {}) => {
    const dataSource = name?.option;
    const options = {
      issuer: 'http://localhost:1',
      secretKeys,
      ...(schema && { schema }),
      ...(dataSource && { dataSource }),
    };
    const imports = [
      TypeOrmModule.forRoot({
        type: 'postgres',
        ...connection(),
        ...(name && { name: name.given }),
        schema: 'app',
        entities: [CustomerEntity],
        migrations: [CreateCustomers1700000000001, ...ours],
        migrationsRun: true,
        retryAttempts: 0,
        // As an application may have it for its own statements.
        extra: { statement_timeout: 77_000, lock_timeout: 66_000 },
      }),
      GatehouseModule.forRoot(options),
    ];
    const module = await Test.createTestingModule({ imports }).setLogger(SILENT).compile();
    app = module.createNestApplication({ logger: false });
    await app.listen(0);
    return app;
  };
  const tables = async () => {
    const rows: { schema: string; tables: string[] }[] = await (app as INestApplication).get(DataSource).query(
      `SELECT n.nspname::text AS schema, array_agg(c.relname::text ORDER BY c.relname) AS tables
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') GROUP BY n.nspname`,
    );
    return Object.fromEntries(rows.map((row) => [row.schema, row.tables]));
  };
  const theirs = { app: ['migrations', 'users'], public: ['clients', 'migrations', 'scopes', 'users'] };

  it.each([
    ['gatehouse', migrations, undefined],
    ['auth', migrationsIn('auth'), 'auth'],
  ])('Everything of Gatehouse lands in the schema %s, and what was there stays', async (name, ours, schema) => {
    const host = await start(ours, schema);
    const { [name]: made, ...others } = await tables();
    expect(others).toEqual(theirs);
    expect(made).toEqual(expect.arrayContaining(['users', 'clients', 'scopes', 'signing_keys', 'access_tokens']));
    const extensions = await host.get(DataSource).query('SELECT extname FROM pg_extension');
    expect(extensions).toEqual([{ extname: 'plpgsql' }]);
    expect(await host.get(DataSource).getRepository(CustomerEntity).find()).toEqual([{ id: 1, name: 'a customer' }]);

    const [email, password] = ['ada@example.com', 'analytical engine'];
    const passwordHash = await host.get(PasswordHasher, { strict: false }).hash(password);
    await host.get(UserStore, { strict: false }).upsertByEmail({ email, passwordHash });
    const browser = new TestBrowser((await host.getUrl()).replace('[::1]', 'localhost'));
    const signedIn = await browser.submit(await browser.get('/login'), { email, password });
    expect(signedIn.status).toBe(303);
  });

  it('Statements of Gatehouse are planned and limited as in its server, however the sessions of the application are set', async () => {
    const host = await start(migrations);
    const browser = new TestBrowser((await host.getUrl()).replace('[::1]', 'localhost'));
    await browser.submit(await browser.get('/login'), { email: 'nobody@example.com', password: 'wrong' });
    const dataSource = host.get(DataSource);
    const sessions: { name: string }[] = await dataSource.query(
      "SELECT application_name AS name FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'gatehouse%'",
    );
    expect(new Set(sessions.map(({ name }) => name))).toEqual(new Set(['gatehouse', 'gatehouse-listen']));
    expect(sessions.filter(({ name }) => name === 'gatehouse').length).toBeLessThanOrEqual(5);
    expect(await settingsOfOurs(host)).toEqual({ plans: 'force_generic_plan', scans: 'off', limit: '5s', lock: '2s' });
    expect(await dataSource.query('SHOW plan_cache_mode')).toEqual([{ plan_cache_mode: 'auto' }]);
    expect(await dataSource.query('SHOW statement_timeout')).toEqual([{ statement_timeout: '77s' }]);
  });

  it('Everything stands in the data source that the option dataSource names', async () => {
    const host = await start(migrations, undefined, { name: { given: 'identity', option: 'identity' } });
    const dataSource = host.get<DataSource>(getDataSourceToken('identity'));
    expect(await dataSource.query('SELECT count(*)::int AS users FROM gatehouse.users')).toEqual([{ users: 0 }]);
    expect((await fetch(`${await host.getUrl()}/.well-known/openid-configuration`)).status).toBe(200);
  });

  it.each([
    ['is named otherwise', 'elsewhere', /no TypeORM data source of the name "elsewhere".*name: "elsewhere"/],
    ['has a name, of which the options say nothing', undefined, /no TypeORM data source\. .*set the option dataSource/],
  ])('A start whose data source %s says what to change', async (_, option, message) => {
    await expect(start(migrations, undefined, { name: { given: 'identity', option } })).rejects.toThrow(message);
  });

  it('A start without the tables says what to give to the data source', async () => {
    const refused = start(migrations, 'auth');
    await expect(refused).rejects.toThrow(
      /no tables of Gatehouse in the schema "auth".*migrationsIn\('auth'\).*migrationsRun: true.*DATABASE_SCHEMA=auth gatehouse migrate/,
    );
  });
});

const SILENT: LoggerService = { log: () => {}, error: () => {}, warn: () => {} };

describe('The database of an application whose role needs a password', () => {
  it('A data source by host, username and password is enough, for the connections of Gatehouse too', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'gatehouse-password-'));
    const postgres = await startEmbeddedPostgres(dataFolder);
    const password = randomBytes(16).toString('hex');
    try {
      const { user, ...server } = postgres.connection;
      const owner = await new DataSource({ type: 'postgres', ...server, username: user }).initialize();
      await owner.query(`CREATE ROLE gated LOGIN PASSWORD '${password}'`);
      await owner.query('CREATE DATABASE gated OWNER gated');
      const files = readdirSync(dataFolder, { recursive: true, encoding: 'utf8' });
      const file = join(dataFolder, files.find((name) => name.endsWith('pg_hba.conf')) ?? '');
      const asked = ['local all gated scram-sha-256', 'host all gated all scram-sha-256'];
      writeFileSync(file, [...asked, readFileSync(file, 'utf8')].join('\n'));
      await owner.query('SELECT pg_reload_conf()');
      await owner.destroy();
      const start = async (given: string) => {
        const role = { ...server, database: 'gated', username: 'gated', password: given };
        const module = await Test.createTestingModule({
          imports: [
            TypeOrmModule.forRoot({ type: 'postgres', ...role, migrations, migrationsRun: true, retryAttempts: 0 }),
            GatehouseModule.forRoot({
              issuer: 'http://localhost:1',
              secretKeys: `k1:${randomBytes(32).toString('base64url')}`,
            }),
          ],
        })
          .setLogger(SILENT)
          .compile();
        const app = module.createNestApplication({ logger: false });
        await app.listen(0);
        const { status } = await fetch(`${(await app.getUrl()).replace('[::1]', 'localhost')}/oauth/jwks`);
        await app.close();
        return status;
      };
      await expect(start('another')).rejects.toThrow('password authentication failed');
      expect(await start(password)).toBe(200);
    } finally {
      await postgres.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  });
});
