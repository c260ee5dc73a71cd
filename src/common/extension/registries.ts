import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Decorated, DecoratedProviders } from './decorated-providers.js';
import type { Family, FamilyDecorator, NameClaim } from './family-decorator.js';

/** The members of one family by name, built-in and yours. Empty until every module is constructed. */
export interface Registry<Part> {
  /** The member of this name; undefined when no module provides one. */
  find(name: string): Part | undefined;
  /** Every name on offer. */
  readonly names: readonly string[];
  /** Every member with its name. */
  readonly entries: readonly (readonly [name: string, part: Part])[];
}

/** Gives out the registry of each family, which is named by its decorator: `registries.of(GrantType)`. */
@Injectable()
export class Registries implements OnModuleInit {
  readonly #registries = new Map<string, FilledRegistry<unknown>>();
  #allConstructed = false;

  constructor(private readonly providers: DecoratedProviders) {}

  /**
   * Throws at boot when two classes claim one name and neither, or both, say `replace: true`, or when one lacks a
   * method that its role needs.
   */
  onModuleInit(): void {
    this.#allConstructed = true;
    for (const registry of this.#registries.values()) registry.fill(this.providers);
  }

  /**
   * The one registry of this family. A constructor may ask for it; it is filled when the application is initialised.
   */
  of<Part>({ family }: FamilyDecorator<Part>): Registry<Part> {
    const known = this.#registries.get(family.key);
    if (known !== undefined) return known as FilledRegistry<Part>;
    const registry = new FilledRegistry<Part>(family);
    this.#registries.set(family.key, registry as FilledRegistry<unknown>);
    if (this.#allConstructed) registry.fill(this.providers);
    return registry;
  }
}

class FilledRegistry<Part> implements Registry<Part> {
  names: readonly string[] = [];
  entries: readonly (readonly [string, Part])[] = [];
  #byName: ReadonlyMap<string, Part> = new Map();

  constructor(private readonly family: Family<Part>) {}

  find(name: string): Part | undefined {
    return this.#byName.get(name);
  }

  fill(providers: DecoratedProviders): void {
    const members = providers.with<NameClaim, Part>(this.family.key);
    for (const member of members) this.#refuseHalfMember(member);
    const byName = new Map<string, Decorated<NameClaim, Part>>();
    for (const member of members) {
      const earlier = byName.get(member.meta.name);
      if (earlier?.meta.replace === member.meta.replace) this.#refuseRivals(earlier, member);
      if (earlier === undefined || member.meta.replace) byName.set(member.meta.name, member);
    }
    this.entries = [...byName].map(([name, { provider }]) => [name, provider] as const);
    this.names = [...byName.keys()];
    this.#byName = new Map(this.entries);
  }

  #refuseHalfMember({ meta, provider }: Decorated<NameClaim, Part>): void {
    const missing = this.family.methods.filter((method) => typeof provider[method] !== 'function');
    if (missing.length === 0) return;
    throw new Error(
      `${classOf(provider)} claims the ${this.family.role} "${meta.name}" but has no ${missing.join(', ')}().`,
    );
  }

  #refuseRivals(one: Decorated<NameClaim, Part>, other: Decorated<NameClaim, Part>): never {
    throw new Error(
      `${classOf(one.provider)} and ${classOf(other.provider)} both claim the ${this.family.role} ` +
        `"${one.meta.name}". Rename one, or give exactly one of them { replace: true }.`,
    );
  }
}

function classOf(provider: unknown): string {
  return (provider as object).constructor.name;
}
