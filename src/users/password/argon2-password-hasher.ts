import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { PasswordHasher } from './password-hasher.js';

/** Algorithm.Argon2id of the library, whose const enum cannot be imported under isolatedModules. */
const ARGON2ID = 2;

/** Argon2id with 19 MiB, two passes and one lane (RFC 9106; OWASP's first choice), on the thread pool. */
@Injectable()
export class Argon2PasswordHasher extends PasswordHasher {
  readonly #nobody = this.hash('nobody has this password');

  hash(password: string): Promise<string> {
    return hash(password, { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  }

  async verify(password: string, passwordHash: string | undefined): Promise<boolean> {
    const matches = await verify(passwordHash ?? (await this.#nobody), password);
    return matches && passwordHash !== undefined;
  }
}
