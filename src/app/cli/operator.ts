import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from '../app.module.js';
import { ServerDatabase } from '../database/server-database.js';
import { DataFolder } from '../environment/data-folder.js';
import { environmentOf } from '../environment/environment-of.js';
import type { EnvironmentSettings } from '../environment/environment-reader.js';
import { localIssuer } from '../environment/environment-values.js';

/**
 * What a command works with: the parts of the server on its database. They are made and not started, so that nothing
 * happens but what the command asks for, and so that a command can mend what keeps the server from starting.
 */
export class Operator {
  #database: ServerDatabase | undefined;
  #nest: NestExpressApplication | undefined;

  constructor(readonly settings: EnvironmentSettings) {}

  /** A part of the server. A named database is not migrated for it. */
  async get<Part>(part: Type<Part>): Promise<Part> {
    this.#nest ??= await this.#make();
    return this.#nest.get(part, { strict: false });
  }

  /** Runs the pending migrations; returns what is to be said of them. */
  async migrate(): Promise<string | undefined> {
    return (await this.#start()).notice;
  }

  /** Closes whatever was opened. */
  async close(): Promise<void> {
    await this.#nest?.close();
    await this.#database?.stop();
  }

  async #make(): Promise<NestExpressApplication> {
    const { database, issuer, address, port, logLevels } = this.settings;
    const connection = database === 'embedded' ? (await this.#start()).connection : database;
    const environment = environmentOf(this.settings, issuer ?? localIssuer(address, port), connection);
    return NestFactory.create(AppModule.forRoot(environment), { logger: logLevels, abortOnError: false });
  }

  async #start(): Promise<ServerDatabase> {
    const { database, databaseSchema, dataFolder, databaseOptions } = this.settings;
    const { postgres } = new DataFolder(dataFolder);
    this.#database ??= await ServerDatabase.start(database, databaseSchema, postgres, databaseOptions.directUrl);
    return this.#database;
  }
}
