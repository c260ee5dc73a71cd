import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { reasonOf } from '../../common/errors/oauth-error.js';
import { Clock } from '../../common/time/clock.js';
import { secondsAfter } from '../../common/time/instant.js';
import { AuthorizationCodeRepository } from './authorization-code.repository.js';
import { TOKEN_FAMILIES } from './expiring-tables.js';
import { RefreshTokenRepository } from './refresh-token.repository.js';
import { TokenCutoffRepository } from './token-cutoff.repository.js';

const TEN_MINUTES_MILLISECONDS = 600_000;

/**
 * Deletes, at the start and every ten minutes, the rows that stand in no partition: responses that no retry can ask for
 * any more, ended sessions all of whose codes are over, and cutoffs all of whose families are.
 */
@Injectable()
export class StorageKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(StorageKeeper.name);
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly refreshTokens: RefreshTokenRepository,
    private readonly codes: AuthorizationCodeRepository,
    private readonly cutoffs: TokenCutoffRepository,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.#deleteOld();
    this.#timer = setInterval(() => this.#deleteOld(), TEN_MINUTES_MILLISECONDS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  async #deleteOld(): Promise<void> {
    try {
      await this.refreshTokens.deleteOldAnswers();
      await this.codes.forgetEndedSessions();
      await this.cutoffs.deleteOlderThan(secondsAfter(this.clock.now(), -2 * TOKEN_FAMILIES.maxLifetimeSeconds));
    } catch (error) {
      this.#logger.warn(`Rows that are over stay for another ten minutes: ${reasonOf(error)}`);
    }
  }
}
