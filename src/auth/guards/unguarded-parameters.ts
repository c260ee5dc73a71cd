import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { GUARDS_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { ApplicationConfig, DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { optionFaults } from '../../common/config/check-options.js';
import { CommonOptions } from '../../common/config/common.options.js';
import { PUBLIC_ROUTE } from '../../common/http/route-access.js';
import { currentToken } from './current-token.decorator.js';
import { currentRequest } from './current-user.decorator.js';
import { SessionGuard } from './session.guard.js';

/** What Nest calls for the parameters of a method that decorators of `createParamDecorator` stand on. */
function factoriesOf(type: object, method: string): unknown[] {
  const parameters = Reflect.getMetadata(ROUTE_ARGS_METADATA, type, method) as Record<string, object> | undefined;
  return Object.values(parameters ?? {}).map((parameter) => ('factory' in parameter ? parameter.factory : undefined));
}

/**
 * Refuses to start where a handler asks for `@CurrentUser()` or `@CurrentToken()` and nothing guards it, since both would
 * always be undefined. A guard of the application's, on the handler, its class or all of them, counts as one;
 * `@CurrentUser()` may also stand on a `@Public()` handler, to greet whoever is signed in.
 */
@Injectable()
export class UnguardedParameters implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly methods: MetadataScanner,
    private readonly reflector: Reflector,
    private readonly application: ApplicationConfig,
    private readonly options: CommonOptions,
  ) {}

  /** Raises a RangeError that names every such handler. */
  onModuleInit(): void {
    // A guard of the application's for all handlers may let in whomever it likes.
    const theirs = [...this.application.getGlobalGuards(), ...this.application.getGlobalRequestGuards()];
    if (theirs.some((guard) => !(guard instanceof SessionGuard))) return;
    const classes = [...this.discovery.getControllers(), ...this.discovery.getProviders()].flatMap(({ metatype }) =>
      typeof metatype === 'function' && metatype.prototype ? [metatype as Type] : [],
    );
    const faults = [...new Set(classes)].flatMap((type) => this.#faultsOf(type));
    if (faults.length > 0) throw optionFaults(faults);
  }

  #faultsOf(type: Type): string[] {
    return this.methods.getAllMethodNames(type.prototype).flatMap((name) => {
      const factories = factoriesOf(type, name);
      const targets = [type.prototype[name] as object as Type, type];
      if (this.#isMarked(GUARDS_METADATA, targets)) return [];
      const isPublic = this.#isMarked(PUBLIC_ROUTE, targets);
      const hasToken = factories.includes(currentToken);
      const hasUser = factories.includes(currentRequest) && !isPublic && this.options.guard !== 'all';
      const cure = hasToken ? '@RequireScopes()' : '@RequireSignIn() or @RequireScopes(), or @Public() for a visitor';
      if (!hasToken && !hasUser) return [];
      return [
        `${type.name}.${name} asks for ${hasToken ? '@CurrentToken()' : '@CurrentUser()'} and nothing guards it: add ${cure}`,
      ];
    });
  }

  #isMarked(key: string, targets: Type[]): boolean {
    return this.reflector.getAllAndOverride(key, targets) !== undefined;
  }
}
