import type { Abstract, Provider, Type } from '@nestjs/common';

/** The token under which PortModule provides what stands in for a port. */
export function replacementOf(port: Abstract<unknown>): symbol {
  return Symbol.for(`gatehouse:replacement:${port.name}`);
}

/** Providers of a port: our own class, or what an application has put in its place by the option `replace`. */
export function replaceable<Port>(port: Abstract<Port>, ours: Type<Port>): Provider[] {
  return [
    ours,
    {
      provide: port,
      useFactory: (own: Port, theirs?: Port) => theirs ?? own,
      inject: [ours, { token: replacementOf(port), optional: true }],
    },
  ];
}
