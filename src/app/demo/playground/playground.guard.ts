import { type CanActivate, Injectable } from '@nestjs/common';
import { ClientRegistry } from '../../../clients/client-registry.js';
import { PLAYGROUND_CLIENT } from './authorization-request.js';
import { PlaygroundOffError } from './playground-off.error.js';

/** Closes every address of the playground while it has no client, and raises PlaygroundOffError. */
@Injectable()
export class PlaygroundGuard implements CanActivate {
  constructor(private readonly clients: ClientRegistry) {}

  async canActivate(): Promise<boolean> {
    if ((await this.clients.find(PLAYGROUND_CLIENT)) === undefined) throw new PlaygroundOffError();
    return true;
  }
}
