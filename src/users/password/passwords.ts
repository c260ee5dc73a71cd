import { Injectable } from '@nestjs/common';
import { BoundedWork } from './bounded-work.js';
import { PasswordOptions } from './password.options.js';
import { PasswordHasher } from './password-hasher.js';

/**
 * The one way from a typed password to its hash: in one normal form, because keyboards and files write the same letters
 * by different code points, and with bounded work, so that a flood of passwords does not stop everything else.
 */
@Injectable()
export class Passwords {
  readonly #work: BoundedWork;

  constructor(
    private readonly hasher: PasswordHasher,
    { hashesAtOnce, hashesWaiting }: PasswordOptions,
  ) {
    this.#work = new BoundedWork(hashesAtOnce, hashesWaiting);
  }

  /** True when a password that comes now would be looked at; to be asked before anything else is done for it. */
  get hasRoom(): boolean {
    return this.#work.hasRoom;
  }

  /** Hashes a password to be kept. Raises TooMuchWorkError. */
  hash(password: string): Promise<string> {
    return this.#work.run(() => this.hasher.hash(normalPassword(password)));
  }

  /**
   * True when this is the password behind a hash. An undefined hash, of nobody, takes as long. A hash that was made of
   * another form than the normal one is compared with the text as it was typed. Raises TooMuchWorkError.
   */
  verify(password: string, hash: string | undefined): Promise<boolean> {
    const normal = normalPassword(password);
    return this.#work.run(async () => {
      const matches = await this.hasher.verify(normal, hash);
      return matches || (normal !== password && (await this.hasher.verify(password, hash)));
    });
  }
}

/** The OpaqueString profile (RFC 8265 section 4.2): every space is U+0020, and what is left is in NFC. */
function normalPassword(password: string): string {
  return password.replace(/\p{Zs}/gu, ' ').normalize('NFC');
}
