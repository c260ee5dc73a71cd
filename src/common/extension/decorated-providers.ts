import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

/** A provider whose class carries a decorator of ours, with what the decorator was given. */
export interface Decorated<Meta, Provider = object> {
  readonly meta: Meta;
  readonly provider: Provider;
}

/** What a naming decorator was given: the wire name, and whether it may take the name from a built-in. */
export interface NameClaim {
  readonly name: string;
  readonly replace: boolean;
}

/** Finds the providers of all modules by their class decorator: the one door through which built-ins and yours come in. */
@Injectable()
export class DecoratedProviders {
  constructor(private readonly discovery: DiscoveryService) {}

  /** Every provider whose own class carries the key; a subclass does not inherit its parent's claim. */
  with<Meta, Provider = object>(key: string): Decorated<Meta, Provider>[] {
    const found = new Map<object, Decorated<Meta, Provider>>();
    for (const { instance } of this.discovery.getProviders()) {
      if (typeof instance !== 'object' || instance === null) continue;
      const meta: Meta | undefined = Reflect.getOwnMetadata(key, instance.constructor);
      if (meta !== undefined) found.set(instance, { meta, provider: instance as Provider });
    }
    return [...found.values()];
  }

  /**
   * The providers by the wire name that each claims. Throws at boot when two claim one name and neither, or both,
   * say `replace: true`, or when one lacks a method that its role needs.
   */
  byName<Provider>(key: string, role: string, methods: readonly (keyof Provider & string)[]): Map<string, Provider> {
    const claims = this.with<NameClaim, Provider>(key);
    for (const { meta, provider } of claims) {
      const missing = methods.filter((method) => typeof provider[method] !== 'function');
      if (missing.length > 0) {
        throw new Error(`${classOf(provider)} claims the ${role} "${meta.name}" but has no ${missing.join(', ')}().`);
      }
    }
    const byName = new Map<string, Decorated<NameClaim, Provider>>();
    for (const claim of claims) {
      const earlier = byName.get(claim.meta.name);
      if (earlier !== undefined && earlier.meta.replace === claim.meta.replace) {
        throw new Error(
          `${classOf(earlier.provider)} and ${classOf(claim.provider)} both claim the ${role} "${claim.meta.name}". ` +
            'Rename one, or give exactly one of them { replace: true }.',
        );
      }
      if (earlier === undefined || claim.meta.replace) byName.set(claim.meta.name, claim);
    }
    return new Map([...byName].map(([name, { provider }]) => [name, provider]));
  }
}

function classOf(provider: unknown): string {
  return (provider as object).constructor.name;
}
