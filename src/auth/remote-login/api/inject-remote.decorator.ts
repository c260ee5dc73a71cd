import { Inject } from '@nestjs/common';

/** The names that classes ask for by `@InjectRemote`. */
export const injectedRemotes = new Set<string>();

/** The token under which the API of a remote app is provided. */
export function remoteToken(name: string): string {
  return `gatehouse:remote:${name}`;
}

/**
 * Injects the RemoteApi of a remote app: `constructor(@InjectRemote('github') private readonly github: RemoteApi) {}`.
 * The class must be imported before `GatehouseModule.forRoot` runs, as every class is that a module lists.
 */
export const InjectRemote = (name: string): ParameterDecorator & PropertyDecorator => {
  injectedRemotes.add(name);
  return Inject(remoteToken(name));
};
