import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/** A provider whose class carries a decorator of ours, with what the decorator was given. */
export interface Decorated<Meta, Provider = object> {
  readonly meta: Meta;
  readonly provider: Provider;
}

/** Finds the providers of all modules by their class decorator: the one door through which built-ins and yours come in. */
@Injectable()
export class DecoratedProviders {
  constructor(private readonly discovery: DiscoveryService) {}

  /**
   * Every provider whose own class carries the key; a subclass does not inherit its parent's claim. Throws at boot for
   * a provider that Nest makes anew for each request or each consumer, because the providers that are found live as
   * long as the process.
   */
  with<Meta, Provider = object>(key: string): Decorated<Meta, Provider>[] {
    const found = new Map<object, Decorated<Meta, Provider>>();
    for (const wrapper of this.discovery.getProviders()) {
      const instance: unknown = wrapper.instance;
      if (typeof instance !== 'object' || instance === null) continue;
      const meta: Meta | undefined = Reflect.getOwnMetadata(key, instance.constructor);
      if (meta === undefined) continue;
      if (!wrapper.isDependencyTreeStatic() || wrapper.isTransient) {
        throw new Error(
          `${instance.constructor.name} is request-scoped or transient, by its own scope or by that of something it ` +
            'injects. Give it the default scope; what it needs of a request is handed to its methods.',
        );
      }
      found.set(instance, { meta, provider: instance as Provider });
    }
    return [...found.values()];
  }
}
