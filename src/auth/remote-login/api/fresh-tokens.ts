import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { reasonOf } from '../../../common/errors/oauth-error.js';
import { TemporarilyUnavailableError } from '../../../common/errors/rfc6749.errors.js';
import { Events } from '../../../common/events/events.js';
import { Registries, type Registry } from '../../../common/extension/registries.js';
import { backOffMilliseconds } from '../../../common/time/back-off.js';
import { Clock } from '../../../common/time/clock.js';
import { secondsAfter } from '../../../common/time/instant.js';
import {
  type LinkedAccountOfEndUser,
  LinkedAccountRepository,
} from '../../../users/linked-account/linked-account.repository.js';
import type { RemoteTokens } from '../../../users/linked-account/remote-tokens.js';
import { TokenVault } from '../../../users/linked-account/token-vault.js';
import { LoginFailure } from '../login-failure.js';
import { LoginProtocol, type LoginProtocolHandler } from '../protocols/login-protocol.js';
import { RemoteTokenRefusal } from '../protocols/remote-token-refusal.js';
import type { RemoteApp } from '../remote-app.js';
import { LinkedAccess } from './linked-access.js';

/** Tokens with less of their time left than this are refreshed before they are used. */
const LEEWAY_SECONDS = 60;
/** For how long one process has a refresh to itself: longer than a call to a provider may take. */
const LEASE_SECONDS = 20;
/** For how long the others wait for it. */
const WAIT_MILLISECONDS = 15_000;
const RETRY_SECONDS = 5;
/** How often an answer of the provider is written again while the database fails: for some minutes. */
const MAX_WRITES = 200;

/**
 * Gives the tokens of linked accounts, refreshed where need be. Whatever the number of processes, one refresh of an
 * account is under way at a time: by a lease in its row, whose end, in the database's time, lies beyond the limit of the
 * call. No lock and no connection is held meanwhile. The others wait for the result.
 */
@Injectable()
export class FreshTokens implements OnApplicationShutdown {
  readonly #logger = new Logger(FreshTokens.name);
  readonly #underWay = new Map<string, Promise<RemoteTokens>>();
  readonly #protocols: Registry<LoginProtocolHandler>;

  constructor(
    private readonly accounts: LinkedAccountRepository,
    private readonly vault: TokenVault,
    private readonly clock: Clock,
    private readonly access: LinkedAccess,
    private readonly events: Events,
    registries: Registries,
  ) {
    this.#protocols = registries.of(LoginProtocol);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
  }

  /**
   * Tokens that are good for a minute at least, as far as the provider says. Raises LoginFailure (reauth_required) where
   * there are none, and none can be had without the end user, and TemporarilyUnavailableError.
   */
  async of(app: RemoteApp, account: LinkedAccountOfEndUser): Promise<RemoteTokens> {
    const tokens = account.needsReauth ? undefined : await this.vault.find(account);
    if (tokens === undefined) throw this.reauthRequired(app, 'there are no tokens that can be used');
    const { expiresAt } = tokens;
    const isOver = expiresAt !== undefined && expiresAt <= secondsAfter(this.clock.now(), LEEWAY_SECONDS);
    return isOver ? this.insteadOf(app, account, tokens) : tokens;
  }

  /** Other tokens than these, which are over or which the provider has refused. Raises as `of` does. */
  insteadOf(app: RemoteApp, account: LinkedAccountOfEndUser, used: RemoteTokens): Promise<RemoteTokens> {
    const key = JSON.stringify([account.issuer, account.subject]);
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const refreshed = this.#refreshInTurn(app, account, used).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, refreshed);
    return refreshed;
  }

  async #refreshInTurn(app: RemoteApp, account: LinkedAccountOfEndUser, used: RemoteTokens): Promise<RemoteTokens> {
    if (used.refreshToken === undefined || this.#protocols.find(app.protocol)?.refresh === undefined) {
      throw this.reauthRequired(app, 'the tokens are over, and there is no refresh token');
    }
    const deadline = performance.now() + WAIT_MILLISECONDS;
    for (let looks = 1; performance.now() < deadline; looks += 1) {
      const lease = await this.accounts.leaseRefresh(account, LEASE_SECONDS);
      if (lease === 'needs reauth') throw this.reauthRequired(app, 'the provider refused a refresh before');
      const held = await this.vault.find(account);
      const isOther = held?.accessToken !== used.accessToken;
      if (lease === 'ours') return isOther ? this.#given(app, account, held) : this.#refresh(app, account, held);
      if (isOther) return this.#given(app, account, held, false);
      await delay(backOffMilliseconds(Math.min(looks, 4), 50, 400));
    }
    throw this.#unavailable(app, 'another process has been refreshing for too long');
  }

  /** The tokens that somebody else has put there meanwhile, by a refresh or a sign-in. */
  async #given(app: RemoteApp, account: LinkedAccountOfEndUser, held: RemoteTokens | undefined, isOurs = true) {
    if (isOurs) await this.accounts.endLease(account);
    if (held === undefined) throw this.reauthRequired(app, 'the account was unlinked meanwhile');
    return held;
  }

  async #refresh(app: RemoteApp, account: LinkedAccountOfEndUser, sent: RemoteTokens): Promise<RemoteTokens> {
    const protocol = this.#protocols.find(app.protocol) as Required<LoginProtocolHandler>;
    const fresh = await protocol.refresh(app, sent).catch(async (error: unknown) => {
      if (error instanceof RemoteTokenRefusal && error.isFinal) {
        await this.accounts.noteReauth(account);
        throw this.reauthRequired(app, reasonOf(error));
      }
      await this.accounts.endLease(account);
      const { message, retryAfterSeconds } = error as RemoteTokenRefusal;
      throw this.#unavailable(app, message, retryAfterSeconds);
    });
    await this.#write(app, account, sent, fresh);
    return fresh;
  }

  /**
   * Writes what the provider answered, again and again, because the tokens that were sent may be of no use any more. It
   * is written wherever the row still holds those, lease or no lease.
   */
  async #write(
    app: RemoteApp,
    account: LinkedAccountOfEndUser,
    sent: RemoteTokens,
    fresh: RemoteTokens,
  ): Promise<void> {
    for (let failures = 1; ; failures += 1) {
      try {
        await this.vault.replace(account, sent, fresh);
        await this.accounts.endLease(account);
        this.events.emit({ type: 'remote_tokens.refreshed', subject: account.owner, provider: app.name });
        return;
      } catch (error) {
        if (failures === MAX_WRITES) throw error;
        if (failures === 1)
          this.#logger.warn(`${app.name}: new tokens could not be stored, trying on: ${reasonOf(error)}`);
        await delay(backOffMilliseconds(failures, 100, 1000));
      }
    }
  }

  /** The failure that tells the end user to sign in at the provider again, with the way there. */
  reauthRequired(app: RemoteApp, detail: string): LoginFailure {
    const attempt = this.access.attempt(app);
    return new LoginFailure('reauth_required', attempt, detail, this.access.factsOf(attempt));
  }

  #unavailable(app: RemoteApp, detail: string, retryAfterSeconds = RETRY_SECONDS): TemporarilyUnavailableError {
    const description = `${app.label} gives no tokens just now; try again in a moment`;
    return new TemporarilyUnavailableError({ description, detail: `${app.name}: ${detail}`, retryAfterSeconds });
  }
}
