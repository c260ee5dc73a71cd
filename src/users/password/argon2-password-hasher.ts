import { Injectable } from '@nestjs/common';
import { PasswordHasher } from './password-hasher.js';

/** Algorithm.Argon2id of the library, whose const enum cannot be imported under isolatedModules. */
const ARGON2ID = 2;
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash that no password is known to have, of the same cost as every other: 16 bytes of salt and 32 of hash. */
const NOBODYS = [
  '$argon2id$v=19',
  `m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}`,
  ...[16, 32].map((bytes) => Buffer.alloc(bytes, 'nobody').toString('base64').replace(/=+$/, '')),
].join('$');

/**
 * Argon2id with 19 MiB, two passes and one lane (RFC 9106; OWASP's first choice), on the thread pool. The library is
 * loaded with the first password.
 */
@Injectable()
export class Argon2PasswordHasher extends PasswordHasher {
  async hash(password: string): Promise<string> {
    const { hash } = await loadArgon2();
    return hash(password, { algorithm: ARGON2ID, ...COST });
  }

  async verify(password: string, passwordHash: string | undefined): Promise<boolean> {
    const { verify } = await loadArgon2();
    const matches = await verify(passwordHash ?? NOBODYS, password);
    return matches && passwordHash !== undefined;
  }
}

async function loadArgon2(): Promise<typeof import('@node-rs/argon2')> {
  try {
    return await import('@node-rs/argon2');
  } catch (cause) {
    throw new MissingArgon2Error(cause);
  }
}

/** The program of Argon2 for this platform is not installed: passwords can be neither hashed nor verified. */
export class MissingArgon2Error extends Error {
  override readonly name = 'MissingArgon2Error';

  constructor(cause: unknown) {
    super(
      `The package @node-rs/argon2-${process.platform}-${process.arch} (with -gnu, -musl or -msvc behind it where there ` +
        'are several) is not installed. It is an optional dependency of @node-rs/argon2, which npm leaves out with ' +
        '--omit=optional and where node_modules come from another platform. Install with optional dependencies, or ' +
        'replace PasswordHasher by a class of yours.',
      { cause },
    );
  }
}
