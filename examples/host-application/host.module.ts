import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GatehouseModule, migrations } from 'gatehouse';
import { NotesController } from './notes.controller.js';

/** An application of its own: its data source, our tables in it, and one import. Its main.ts stays as it is. */
@Module({ controllers: [NotesController] })
export class HostModule {
  static forRoot(database: object, issuer: string, secretKeys: string): DynamicModule {
    return {
      module: HostModule,
      imports: [
        TypeOrmModule.forRoot({ type: 'postgres', ...database, migrations, migrationsRun: true }),
        GatehouseModule.forRoot({ issuer, secretKeys }),
      ],
    };
  }
}
