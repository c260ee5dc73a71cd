import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { type Abstract, Module, type ModuleMetadata } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../ormconfig.js';
import { AppModule } from '../../src/app/app.module.js';
import { migrate } from '../../src/app/database/migrate.js';
import { DemoApiController } from '../../src/app/demo/api/demo-api.controller.js';
import { DemoModule } from '../../src/app/demo/demo.module.js';
import { PrelinkedExpressAdapter } from '../../src/app/server/prelinked-express-adapter.js';
import { configureServer, serverOptions } from '../../src/app/server/server-settings.js';
import type { RemoteAppSettings } from '../../src/auth/remote-login/settings/remote-app-settings.js';
import type { DatabaseLimits } from '../../src/common/database/database-limits.js';
import { Clock } from '../../src/common/time/clock.js';
import type { GatehouseOptions } from '../../src/gatehouse.options.js';
import { TestBrowser } from './test-browser.js';
import { TestClock } from './test-clock.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

/** The guarded example API alone, for servers without the demonstration around it. */
@Module({ controllers: [DemoApiController] })
class GuardedApiModule {}

const WIDE_LIMITS: DatabaseLimits = { poolSize: 10, connectSeconds: 20, statementSeconds: 20, lockSeconds: 20 };

/** What a test may change about the server it starts. */
export interface TestAppSettings {
  /** Modules beside Gatehouse's own, as an application would list them. */
  readonly extensions?: ModuleMetadata['imports'];
  /** Options as an application gives them to GatehouseModule, beside issuer, keys and database. */
  readonly options?: Partial<GatehouseOptions>;
  /** Providers to sign in at. */
  readonly remoteApps?: readonly RemoteAppSettings[];
  /** True for DEMO on. */
  readonly demo?: boolean;
  /** HOME_URL. */
  readonly homeUrl?: string;
  /** True for an application that, as Nest does by itself, reads every body before us. */
  readonly bodyParser?: boolean;
  /** Where the server stands below the root of its host, for example `/tenant`. */
  readonly mountPath?: string;
  /** The global prefix of the application. @default mountPath */
  readonly prefix?: string;
  /** A database that is there already and outlives the server; by default one of its own. */
  readonly database?: TestDatabase;
  /** Limits of the database beside those of a test, which are wide because the machine may be busy. */
  readonly databaseLimits?: Partial<DatabaseLimits>;
  /** The schema to make and use in the place of `gatehouse`. */
  readonly databaseSchema?: string;
}

/** In what a node may differ from the others. */
interface NodeOfItsOwn {
  readonly secretKeys?: string;
  /** To the same database, for example by another role. */
  readonly connection?: TestDatabase['connection'];
}

/** The whole server on a database and a port of its own. */
export class TestApp {
  readonly #nodes: TestApp[] = [];

  private constructor(
    readonly url: string,
    readonly nest: NestExpressApplication,
    readonly database: TestDatabase,
    readonly clock: TestClock,
    private readonly settings: TestAppSettings,
  ) {}

  static async start(settings: TestAppSettings = {}): Promise<TestApp> {
    const { database = await createTestDatabase() } = settings;
    const clock = new TestClock();
    const port = await freePort();
    const url = addressOf(port);
    const issuer = url + (settings.mountPath ?? '');
    const nest = await listen(port, { ...settings, issuer, database, clock }).catch(async (error) => {
      await database.drop();
      throw error;
    });
    return new TestApp(url, nest, database, clock, settings);
  }

  /** Starts one more node of this server, on the same database and clock and with the same settings; it stops with this one. */
  async startNode({ secretKeys, connection }: NodeOfItsOwn = this.database): Promise<TestApp> {
    const { url, database, clock, settings } = this;
    const issuer = url + (settings.mountPath ?? '');
    const port = await freePort();
    const nest = await listen(port, {
      issuer,
      clock,
      ...settings,
      database: {
        ...database,
        secretKeys: secretKeys ?? database.secretKeys,
        connection: connection ?? database.connection,
      },
    });
    const node = new TestApp(addressOf(port), nest, database, clock, settings);
    this.#nodes.push(node);
    return node;
  }

  async stop(): Promise<void> {
    await Promise.all([this, ...this.#nodes].map(({ nest }) => nest.close()));
    await this.database.drop();
  }

  /** The same server as it is reached at another address. */
  reachedAt(url: string): TestApp {
    return new TestApp(url, this.nest, this.database, this.clock, this.settings);
  }

  /** A browser with no cookies yet. */
  browser(): TestBrowser {
    return new TestBrowser(this.url);
  }

  /** A provider of the server under test: for specs one of the public surface, for test/support any. */
  port<Provider>(type: Abstract<Provider>): Provider {
    return this.nest.get<Provider>(type, { strict: false });
  }

  /** POST of a form, without a browser. */
  post(path: string, form: Record<string, string> | string, headers: Record<string, string> = {}): Promise<Response> {
    const body = typeof form === 'string' ? form : new URLSearchParams(form).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return fetch(this.url + path, { method: 'POST', body, redirect: 'manual', headers: { ...type, ...headers } });
  }

  /** GET without following a redirect, without a browser. */
  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, { redirect: 'manual', headers });
  }
}

interface NodeSettings extends TestAppSettings {
  readonly issuer: string;
  readonly database: TestDatabase;
  readonly clock: Clock;
}

async function listen(port: number, settings: NodeSettings) {
  const {
    issuer,
    database,
    clock,
    extensions = [],
    options: { errors = {}, ...options } = {},
    remoteApps = [],
    bodyParser = false,
    mountPath = '',
    prefix = mountPath,
  } = settings;
  const { databaseSchema, demo = false, homeUrl } = settings;
  const { secretKeys, connection } = database;
  if (databaseSchema !== undefined) await migrate(new DataSource(dataSourceOptions(connection, databaseSchema)));
  const environment = {
    issuer,
    secretKeys,
    database: connection,
    remoteApps,
    homeUrl,
    databaseLimits: { ...WIDE_LIMITS, ...settings.databaseLimits },
    ...(databaseSchema && { databaseSchema }),
    ...(demo && { startPage: DemoModule }),
  };
  const modules = demo ? extensions : [GuardedApiModule, ...extensions];
  const module = await Test.createTestingModule({
    imports: [AppModule.forRoot(environment, modules, { errors, ...options })],
  })
    .overrideProvider(Clock)
    .useValue(clock)
    .compile();
  const nest = module.createNestApplication<NestExpressApplication>(new PrelinkedExpressAdapter(), {
    ...serverOptions,
    bodyParser,
    logger: ['fatal'],
  });
  configureServer(nest);
  if (prefix !== '') nest.setGlobalPrefix(prefix);
  try {
    await nest.listen(port);
  } catch (error) {
    await nest.close();
    throw error;
  }
  return nest;
}

function addressOf(port: number): string {
  return `http://localhost:${port}`;
}

/** The Authorization header of HTTP Basic with form-encoded halves (RFC 6749 section 2.3.1). */
export function basic(clientId: string, secret: string): { authorization: string } {
  const text = `${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`;
  return { authorization: `Basic ${Buffer.from(text).toString('base64')}` };
}

/** A port that is free just now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
