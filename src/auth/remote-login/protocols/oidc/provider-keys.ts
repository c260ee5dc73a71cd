import type { createLocalJWKSet, JSONWebKeySet } from 'jose';

const MAX_AGE_MILLISECONDS = 300_000;
const MINUTE_MILLISECONDS = 60_000;
/** How often in a minute an id_token that fits no key may make us read a provider's keys. */
const MAX_READS_A_MINUTE = 4;

type KeySet = ReturnType<typeof createLocalJWKSet>;

/**
 * The public keys of one provider (OpenID Connect Core section 10.1.1). The keys are read at most every five minutes,
 * and again at once where a signature fits none of them, since the provider may have changed its keys a moment ago.
 * That happens a few times a minute at most, so that wrong signatures do not become a load for the provider.
 */
export class ProviderKeys {
  #keySet: Promise<KeySet> | undefined;
  /** The instants of the last minute, in the milliseconds of `performance.now()`. */
  #reads: readonly number[] = [];

  constructor(private readonly read: () => Promise<JSONWebKeySet>) {}

  /** Checks the signature of an id_token. Raises the errors of jose, and those of reading the keys. */
  async verify(idToken: string): Promise<void> {
    const { compactVerify } = await import('jose');
    const known = this.#usable() ?? this.#readNow();
    try {
      await compactVerify(idToken, await known);
    } catch (error) {
      const newer = fitsNoKey(error) ? this.#newerThan(known) : undefined;
      if (newer === undefined) throw error;
      await compactVerify(idToken, await newer);
    }
  }

  #usable(): Promise<KeySet> | undefined {
    const lastRead = this.#reads.at(-1) ?? Number.NEGATIVE_INFINITY;
    return performance.now() - lastRead < MAX_AGE_MILLISECONDS ? this.#keySet : undefined;
  }

  /**
   * The keys that another sign-in has read meanwhile, or those that are read now; undefined where the limit is reached.
   */
  #newerThan(known: Promise<KeySet>): Promise<KeySet> | undefined {
    if (this.#keySet !== known) return this.#keySet;
    const minuteAgo = performance.now() - MINUTE_MILLISECONDS;
    return this.#reads.filter((read) => read > minuteAgo).length < MAX_READS_A_MINUTE ? this.#readNow() : undefined;
  }

  /** A failed reading is forgotten, so that the next sign-in tries again. */
  #readNow(): Promise<KeySet> {
    const keySet = this.read().then(async (keys) => (await import('jose')).createLocalJWKSet(keys));
    this.#keySet = keySet;
    this.#reads = [...this.#reads, performance.now()].slice(-MAX_READS_A_MINUTE);
    keySet.catch(() => {
      if (this.#keySet === keySet) this.#keySet = undefined;
    });
    return keySet;
  }
}

function fitsNoKey(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === 'ERR_JWKS_NO_MATCHING_KEY' || code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED';
}
