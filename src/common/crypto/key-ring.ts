import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { decrypt, encrypt } from './aes-gcm.js';

interface RingKey {
  readonly id: string;
  readonly secret: Buffer;
}

/**
 * The server's own secrets, newest first. The ring seals values that must be stored or handed out unreadable, and signs
 * values that must come back unchanged. A sealed value names its key, so that an older key keeps opening the values it
 * sealed after a new one is added.
 */
export class KeyRing {
  readonly #derived = new Map<string, Buffer>();

  private constructor(private readonly keys: readonly [RingKey, ...RingKey[]]) {}

  /**
   * Reads `id:key,id:key`, newest first; a key is 32 random bytes as base64url.
   * Throws a RangeError that says which entry is wrong.
   */
  static parse(text: string): KeyRing {
    const keys = text.split(',').map((entry, index): RingKey => {
      const [, id, encoded] = /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9_-]+=*)\s*$/.exec(entry) ?? [];
      if (id === undefined || encoded === undefined)
        throw new RangeError(`entry ${index + 1} is not of the form id:key`);
      const secret = Buffer.from(encoded, 'base64url');
      if (secret.length < 32) throw new RangeError(`key "${id}" has ${secret.length} bytes, 32 or more are needed`);
      return { id, secret };
    });
    const [first, ...rest] = keys;
    if (first === undefined) throw new RangeError('it is empty');
    if (new Set(keys.map((key) => key.id)).size < keys.length) throw new RangeError('two keys have the same id');
    return new KeyRing([first, ...rest]);
  }

  /** A ring of one fresh random key, as text that `parse` takes. */
  static generate(): string {
    return `${new Date().toISOString().slice(0, 10)}:${randomBytes(32).toString('base64url')}`;
  }

  /** The ids of all keys, newest first. */
  get ids(): readonly string[] {
    return this.keys.map(({ id }) => id);
  }

  /** The id of the key that seals. */
  get newestId(): string {
    return this.keys[0].id;
  }

  /** The id of the key under which something was sealed. */
  keyIdOf(sealed: Buffer): string {
    return sealed.toString('utf8', 1, 1 + (sealed[0] ?? 0));
  }

  /** Seals with AES-256-GCM under the newest key; `context` names the row or purpose and must be repeated to open. */
  seal(plaintext: string | Buffer, context: string): Buffer {
    const [key] = this.keys;
    const id = Buffer.from(key.id);
    return Buffer.concat([Buffer.from([id.length]), id, encrypt(this.#derive(key, 'seal'), plaintext, context)]);
  }

  /**
   * Opens a value that `seal` made for the same context; undefined when the value was altered or its key has left the
   * ring.
   */
  open(sealed: Buffer, context: string): Buffer | undefined {
    const idEnd = 1 + (sealed[0] ?? 0);
    const key = this.keys.find(({ id }) => id === this.keyIdOf(sealed));
    if (key === undefined) return undefined;
    try {
      return decrypt(this.#derive(key, 'seal'), sealed.subarray(idEnd), context);
    } catch {
      return undefined;
    }
  }

  /** Seals a JSON value into text that is safe in a URL, a cookie or a hidden field. */
  sealJson(value: unknown, context: string): string {
    return this.seal(JSON.stringify(value), context).toString('base64url');
  }

  /**
   * Opens a text that `sealJson` made for the same context; undefined for any other text. The caller knows the shape of
   * the value by the context.
   */
  openJson<Value>(sealed: string, context: string): Value | undefined {
    const opened = this.open(Buffer.from(sealed, 'base64url'), context);
    return opened === undefined ? undefined : (JSON.parse(opened.toString('utf8')) as Value);
  }

  /** An HMAC-SHA256 of the data under the newest key, base64url. */
  sign(data: string, purpose: string): string {
    return this.#mac(this.keys[0], data, purpose).toString('base64url');
  }

  /** True when any key of the ring made this signature; compares in constant time. */
  hasSigned(data: string, purpose: string, signature: string): boolean {
    const given = Buffer.from(signature, 'base64url');
    return this.keys.some((key) => {
      const expected = this.#mac(key, data, purpose);
      return expected.length === given.length && timingSafeEqual(expected, given);
    });
  }

  #mac(key: RingKey, data: string, purpose: string): Buffer {
    return createHmac('sha256', this.#derive(key, `sign:${purpose}`))
      .update(data)
      .digest();
  }

  #derive(key: RingKey, purpose: string): Buffer {
    const name = `${key.id}:${purpose}`;
    let derived = this.#derived.get(name);
    if (derived === undefined) {
      derived = Buffer.from(hkdfSync('sha256', key.secret, '', purpose, 32));
      this.#derived.set(name, derived);
    }
    return derived;
  }
}
