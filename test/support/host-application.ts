import { Module, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GatehouseModule, type GatehouseOptions, migrations } from 'gatehouse';
import type { TestDatabase } from './test-database.js';

/** An application that imports GatehouseModule, with controllers of its own; whoever calls sets it up and has it listen. */
export async function hostApplication(
  database: TestDatabase,
  controllers: Type[],
  options: Partial<GatehouseOptions> = {},
  order: 'its routes first' | 'ours first' = 'its routes first',
): Promise<NestExpressApplication> {
  const { user: username, ...connection } = database.connection;
  @Module({ controllers })
  class SiteModule {}
  const ours = [
    TypeOrmModule.forRoot({ type: 'postgres', ...connection, username, migrations, migrationsRun: true }),
    GatehouseModule.forRoot({ issuer: 'http://localhost:1', secretKeys: database.secretKeys, ...options }),
  ];
  @Module({ imports: order === 'ours first' ? [...ours, SiteModule] : [SiteModule, ...ours] })
  class HostModule {}
  const testing = await Test.createTestingModule({ imports: [HostModule] }).compile();
  return testing.createNestApplication<NestExpressApplication>({ logger: ['fatal'] });
}
