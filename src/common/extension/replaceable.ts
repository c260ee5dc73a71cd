import type { Abstract, FactoryProvider, Provider, Type } from '@nestjs/common';

/** The token under which PortModule provides the replacement of a port. */
export function replacementOf(port: Abstract<unknown>): symbol {
  return Symbol.for(`gatehouse:replacement:${port.name}`);
}

/**
 * Providers of a port: our own class, or how it is made, or what an application has put in its place by the option
 * `replace`.
 */
export function replaceable<Port>(port: Abstract<Port>, ours: Type<Port> | FactoryProvider<Port>): Provider[] {
  const token = 'provide' in ours ? ours.provide : ours;
  return [
    ours,
    {
      provide: port,
      useFactory: (own: Port, theirs?: Port) => theirs ?? own,
      inject: [token, { token: replacementOf(port), optional: true }],
    },
  ];
}
