import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ConfigFaultsError } from '../common/config/config-fault.js';
import { Issuer } from '../common/config/issuer.js';
import { ServerDatabase } from './database/server-database.js';
import { DataFolder } from './environment/data-folder.js';
import { environmentOf } from './environment/environment-of.js';
import type { EnvironmentSettings } from './environment/environment-reader.js';
import { localIssuer } from './environment/environment-values.js';
import { ServerState } from './health/server-state.js';
import { Drain } from './server/drain.js';
import { PortReservation } from './server/port-reservation.js';
import { setTimeouts } from './server/server-settings.js';

/** The most of the grace time that is kept for closing the application and the database. */
const MAX_CLOSING_MILLISECONDS = 4000;

/** How long stopping may take. */
export interface StopLimits {
  /** How long to go on answering after /health/ready says that no more should be sent. */
  readonly drainSeconds: number;
  /** After how long everything has ended, the time above included. */
  readonly graceSeconds: number;
}

/** The runnable server: database, migrations, application and port, started and stopped in order. */
export class GatehouseServer {
  private constructor(
    readonly issuer: Issuer,
    readonly port: number,
    /** The lines that a start prints about the demonstration, with its secrets; empty without DEMO. */
    readonly tour: readonly string[],
    private readonly nest: NestExpressApplication,
    private readonly connections: Drain,
    private readonly database: ServerDatabase,
  ) {}

  /** Raises ConfigFaultsError, EmbeddedPostgresError or SealedSigningKeyError where the surroundings are to blame. */
  static async start(settings: EnvironmentSettings): Promise<GatehouseServer> {
    const undo: (() => Promise<unknown>)[] = [];
    try {
      const reservation = await reservePort(settings);
      undo.unshift(() => reservation.release());
      const { port } = reservation;
      const issuer = settings.issuer ?? localIssuer(settings.address, port);
      const dataFolder = new DataFolder(settings.dataFolder);
      const { databaseSchema, databaseOptions, migratesAtStart } = settings;
      // What the application is made of is loaded while the database is reached.
      const loading = import('./server-application.js');
      loading.catch(() => undefined);
      const { directUrl } = databaseOptions;
      const database =
        migratesAtStart || settings.database === 'embedded'
          ? await ServerDatabase.start(settings.database, databaseSchema, dataFolder.postgres, directUrl)
          : ServerDatabase.asItIs(settings.database);
      undo.unshift(() => database.stop());
      const { createApplication, loadBootstrap, tourOf } = await loading;
      const nest = await createApplication(environmentOf(settings, issuer, database.connection), settings);
      undo.unshift(() => nest.close());
      if (database.notice) new Logger('Database').warn(database.notice);
      await nest.init();
      await loadBootstrap(nest, settings);
      const tour = settings.demo ? await tourOf(nest) : [];
      await reservation.release();
      const http = nest.getHttpServer() as Server;
      setTimeouts(http, settings.timeouts);
      const connections = new Drain(http);
      if (settings.address === undefined) await nest.listen(port);
      else await nest.listen(port, settings.address);
      return new GatehouseServer(nest.get(Issuer), port, tour, nest, connections, database);
    } catch (error) {
      for (const close of undo) await close();
      throw error;
    }
  }

  /**
   * Turns /health/ready to 503, then closes the port, and closes everything else once every request has its answer.
   * Resolves within the grace time whatever hangs: connections that are left by then are cut off, and the result is
   * false.
   */
  async stop({ drainSeconds, graceSeconds }: StopLimits): Promise<boolean> {
    const deadline = performance.now() + graceSeconds * 1000;
    const closingMilliseconds = Math.min(MAX_CLOSING_MILLISECONDS, ((graceSeconds - drainSeconds) * 1000) / 2);
    this.nest.get(ServerState, { strict: false }).isDraining = true;
    this.connections.begin();
    await delay(drainSeconds * 1000);
    const answered = await endedBy(deadline - closingMilliseconds, this.connections.finish());
    if (!answered) this.connections.cutOff();
    const closed = await endedBy(deadline - closingMilliseconds / 2, this.nest.close());
    const stopped = await endedBy(deadline, this.database.stop());
    const hung = [!answered && 'requests', !closed && 'the application', !stopped && 'the database'].filter(Boolean);
    if (hung.length > 0) new Logger('Stop').error(`Cut off after ${graceSeconds} s: ${hung.join(', ')} did not end`);
    return hung.length === 0;
  }
}

/**
 * False when the work has not ended by an instant of `performance.now()`. Rejects when the work rejects before that
 * instant.
 */
async function endedBy(instant: number, work: Promise<unknown>): Promise<boolean> {
  const limit = new AbortController();
  const late = delay(Math.max(0, instant - performance.now()), false, { signal: limit.signal }).catch(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    limit.abort();
  }
}

/**
 * Reserves the port. Where an issuer is set the port is fixed, because a proxy that forwards to it would miss another
 * one.
 */
async function reservePort({ port, address, issuer, production }: EnvironmentSettings): Promise<PortReservation> {
  try {
    return await PortReservation.take(port, { address, orNext: issuer === undefined && !production });
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    if (address !== undefined && code !== 'EADDRINUSE' && code !== 'EACCES') {
      const problem = `is ${address}, at which this process cannot listen: ${message}`;
      throw new ConfigFaultsError([{ name: 'ADDRESS', problem, fix: 'set it to an address of this machine' }]);
    }
    const problem = `is ${port}, on which this process cannot listen: ${message}`;
    throw new ConfigFaultsError([{ name: 'PORT', problem, fix: 'stop what listens there, or set another port' }]);
  }
}
