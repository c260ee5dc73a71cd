import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { BASE_PATH } from './paths.js';

/** Tells Nest and Paths where our routes stand below the prefix of the application. */
@Module({})
export class BasePathModule {
  /** `modules` are those with controllers of ours; undefined for routes at the prefix itself. */
  static at(basePath: string | undefined, modules: readonly Type[]): DynamicModule {
    return {
      module: BasePathModule,
      global: true,
      imports:
        basePath === undefined ? [] : [RouterModule.register(modules.map((module) => ({ path: basePath, module })))],
      providers: [{ provide: BASE_PATH, useValue: basePath ?? '' }],
      exports: [BASE_PATH],
    };
  }
}
