import { SetMetadata, type Type } from '@nestjs/common';

/**
 * Parts that are found by a wire name, such as the grants: the name of their role, and the methods that each must have.
 */
export interface Family<Part> {
  /** Metadata key under which a class claims its name. */
  readonly key: string;
  /** The name of the role in messages, for example `grant type`. */
  readonly role: string;
  /** The methods without which a class is no member. */
  readonly methods: readonly (keyof Part & string)[];
}

/** The wire name that a class claims, and whether it may take the name from another class. */
export interface NameClaim {
  readonly name: string;
  readonly replace: boolean;
}

/**
 * The class decorator of one family, for example `@GrantType('password')`. With `{ replace: true }` the class takes
 * the name from the one that has it.
 */
export interface FamilyDecorator<Part> {
  (name: string, options?: { replace?: boolean }): (member: Type<Part>) => void;
  readonly family: Family<Part>;
}

/** Makes the decorator of a family: the one line by which a contract becomes a door. */
export function familyDecorator<Part>(role: string, ...methods: (keyof Part & string)[]): FamilyDecorator<Part> {
  const key = `gatehouse:${role}`;
  const claim = (name: string, { replace = false } = {}) => SetMetadata<string, NameClaim>(key, { name, replace });
  return Object.assign(claim, { family: { key, role, methods } });
}
