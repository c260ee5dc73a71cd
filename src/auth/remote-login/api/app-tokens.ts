import { Injectable } from '@nestjs/common';
import { TemporarilyUnavailableError } from '../../../common/errors/rfc6749.errors.js';
import { Registries, type Registry } from '../../../common/extension/registries.js';
import { Clock } from '../../../common/time/clock.js';
import { secondsAfter } from '../../../common/time/instant.js';
import type { RemoteTokens } from '../../../users/linked-account/remote-tokens.js';
import { LoginProtocol, type LoginProtocolHandler } from '../protocols/login-protocol.js';
import type { RemoteApp } from '../remote-app.js';

/** Tokens with less of their time left than this are asked for anew. */
const LEEWAY_SECONDS = 60;
const RETRY_SECONDS = 5;

/**
 * The tokens that a remote app has in its own right, without an end user (RFC 6749 section 4.4). They are kept in this
 * process until a minute before they are over, and one request for them is under way at a time.
 */
@Injectable()
export class AppTokens {
  readonly #held = new Map<string, Promise<RemoteTokens>>();
  readonly #protocols: Registry<LoginProtocolHandler>;

  constructor(
    private readonly clock: Clock,
    registries: Registries,
  ) {
    this.#protocols = registries.of(LoginProtocol);
  }

  /** Raises TemporarilyUnavailableError where the provider gives none; throws an Error for a protocol without such tokens. */
  async of(app: RemoteApp): Promise<RemoteTokens> {
    const held = await this.#held.get(app.name);
    const isOver = held?.expiresAt !== undefined && held.expiresAt <= secondsAfter(this.clock.now(), LEEWAY_SECONDS);
    return held === undefined || isOver ? this.insteadOf(app, held) : held;
  }

  /** Other tokens than these, which are over or which the provider's API has refused. Raises as `of` does. */
  async insteadOf(app: RemoteApp, used: RemoteTokens | undefined): Promise<RemoteTokens> {
    const known = this.#held.get(app.name);
    const held = await known;
    if (held !== undefined && held.accessToken !== used?.accessToken) return held;
    // Whoever comes first replaces what all have seen.
    if (this.#held.get(app.name) === known) {
      const asked = this.#ask(app);
      this.#held.set(app.name, asked);
      asked.catch(() => this.#held.delete(app.name));
    }
    return this.#held.get(app.name) ?? this.#ask(app);
  }

  async #ask(app: RemoteApp): Promise<RemoteTokens> {
    const protocol = this.#protocols.find(app.protocol);
    if (protocol?.tokensOfApp === undefined) {
      throw new Error(`The protocol ${app.protocol} of ${app.name} gives an app no tokens of its own`);
    }
    return protocol.tokensOfApp(app).catch((error: Error & { readonly retryAfterSeconds?: number }) => {
      const { message, retryAfterSeconds = RETRY_SECONDS } = error;
      const description = `${app.label} gives no tokens just now; try again in a moment`;
      throw new TemporarilyUnavailableError({ description, detail: `${app.name}: ${message}`, retryAfterSeconds });
    });
  }
}
