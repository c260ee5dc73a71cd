import { Injectable } from '@nestjs/common';

/**
 * The clients that a bootstrap file or the option `clients` declares, as far as this process has loaded them. They are
 * exactly what is given there, secrets included, at every start.
 */
@Injectable()
export class DeclaredClients {
  readonly #ids = new Set<string>();

  add(clientId: string): void {
    this.#ids.add(clientId);
  }

  has(clientId: string): boolean {
    return this.#ids.has(clientId);
  }
}
