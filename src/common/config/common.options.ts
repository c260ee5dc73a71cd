import { ConfigurableModuleBuilder } from '@nestjs/common';

/** What every module of Gatehouse needs to know. */
export interface CommonOptions {
  /** The issuer identifier: an absolute URL without query or fragment. */
  readonly issuer: string;
  /** The key ring as `id:key,id:key`, newest first. */
  readonly secretKeys: string;
  /** The PostgreSQL schema of all tables, for which `migrationsIn` gives the migrations; `gatehouse` by default. */
  readonly schema?: string | undefined;
}

/** Base class with `forRoot` and `forRootAsync`, and the token of the options. */
export const { ConfigurableModuleClass: CommonModuleBase, MODULE_OPTIONS_TOKEN: COMMON_OPTIONS } =
  new ConfigurableModuleBuilder<CommonOptions>().setClassMethodName('forRoot').build();
