import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { type CheckedOptions, checkOptions } from './check-options.js';
import type { OptionTree } from './option-group.js';

const GIVEN = Symbol('GivenOptions');
const CHECKED = Symbol('CheckedOptions');

/** The tree that options are checked by, with faults that are known already. */
interface Check {
  readonly tree: OptionTree;
  /** Faults that the caller has found already, to be told with the others. */
  readonly faults: readonly string[];
}

const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<object>({ optionsInjectionToken: GIVEN })
  .setClassMethodName('forRoot')
  .setExtras<Partial<Check>>({}, (definition, { tree, faults = [] }) => {
    const groups = tree === undefined ? [] : [tree.top, ...Object.values(tree.groups)];
    return {
      ...definition,
      global: true,
      providers: [
        ...(definition.providers ?? []),
        {
          provide: CHECKED,
          useFactory: (given: Record<string, unknown>) => checkOptions(tree as OptionTree, given, faults),
          inject: [GIVEN],
        },
        ...groups.map(({ token }) => ({
          provide: token,
          useFactory: (checked: CheckedOptions) => checked.get(token),
          inject: [CHECKED],
        })),
      ],
      exports: groups.map(({ token }) => token),
    };
  })
  .build();

/** Provides the checked options of each group to the feature that they belong to. */
@Module({})
export class OptionsModule extends ConfigurableModuleClass {}
