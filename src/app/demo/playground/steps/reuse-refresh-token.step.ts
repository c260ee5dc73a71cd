import { Injectable } from '@nestjs/common';
import { ROUTES } from '../../../../common/http/routes.js';
import { Clock } from '../../../../common/time/clock.js';
import { TokenLifetimes } from '../../../../oauth-server/tokens/token-lifetimes.js';
import { type Chapter, type Exchange, type Run, type SpentRefreshToken, withChapter } from '../run.js';
import { outcomeOf, refreshForm, statusCheck } from '../token-exchange.js';
import { Wire } from '../wire.js';
import type { PlaygroundStep } from './playground-step.js';

/** The replaced refresh token once more: a retry at first, theft later (RFC 9700 section 4.14.2). */
@Injectable()
export class ReuseRefreshTokenStep implements PlaygroundStep {
  readonly name = 'reuse-refresh-token';
  readonly kind = 'lesson';
  readonly label = 'Reuse the old refresh token';

  constructor(
    private readonly wire: Wire,
    private readonly clock: Clock,
    private readonly lifetimes: TokenLifetimes,
  ) {}

  isOffered({ tokens }: Run): boolean {
    return tokens?.spentRefreshToken !== undefined;
  }

  hint({ tokens }: Run): string {
    const secondsLeft = this.#secondsLeft(tokens?.spentRefreshToken);
    return secondsLeft > 0
      ? `Send the token that was replaced. For ${secondsLeft} more seconds it passes for a retry, then for theft.`
      : 'Send the token that was replaced. It is too late for a retry, so it passes for theft.';
  }

  async take(run: Run): Promise<Run> {
    const spent = run.tokens?.spentRefreshToken;
    const reuse = await this.wire.post(
      'The old refresh token again',
      ROUTES.token,
      refreshForm(run, spent?.token ?? ''),
    );
    if (reuse.response.status === 200) return withChapter(run, this.#retry(reuse, spent));
    const call = await this.wire.get('The API with the newest access token', ROUTES.demoMe, run.tokens?.accessToken);
    return withChapter(run, this.#theft(reuse, call));
  }

  #retry(reuse: Exchange, spent: SpentRefreshToken | undefined): Chapter {
    const isSame = tokensIn(reuse.response.body) === tokensIn(spent?.answer);
    return {
      step: this.name,
      title: 'Still taken for a retry',
      summary: `Seconds after a refresh, the old token most likely comes from an application whose answer got lost. So the server repeats the very same answer and makes no new tokens. In ${this.#secondsLeft(spent)} seconds the window is over: press the button again then.`,
      checks: [{ name: 'the very same answer', passed: isSame, detail: outcomeOf(reuse) }],
      exchanges: [reuse],
    };
  }

  #theft(reuse: Exchange, call: Exchange): Chapter {
    return {
      step: this.name,
      title: 'The copy gave itself away',
      summary:
        'Too late for a retry: either the sender or the holder of the newer token is a thief. The server cannot know which, so it revokes the whole family and nobody keeps anything.',
      checks: [
        statusCheck('old refresh token refused', reuse, 400),
        statusCheck('newest access token revoked', call, 401),
      ],
      exchanges: [reuse, call],
    };
  }

  #secondsLeft(spent: SpentRefreshToken | undefined): number {
    const secondsAgo = (this.clock.now().getTime() - (spent?.spentAtMilliseconds ?? 0)) / 1000;
    return Math.max(0, Math.ceil(this.lifetimes.refreshReplayWindowSeconds - secondsAgo));
  }
}

/** The answer without the seconds that are left, which a repetition counts anew. */
function tokensIn(answer = ''): string {
  return answer.replace(/"expires_in":\s*\d+/, '');
}
