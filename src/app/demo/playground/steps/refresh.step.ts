import { Injectable } from '@nestjs/common';
import { ROUTES } from '../../../../common/http/routes.js';
import { Clock } from '../../../../common/time/clock.js';
import { type Run, withChapter } from '../run.js';
import { heldTokens, outcomeOf, refreshForm } from '../token-exchange.js';
import { TokenInspector } from '../token-inspector.js';
import { Wire } from '../wire.js';
import type { PlaygroundStep } from './playground-step.js';

/**
 * Gets new tokens without the end user. The refresh token itself is replaced too (RFC 6749 section 6, RFC 9700 4.14.2).
 */
@Injectable()
export class RefreshStep implements PlaygroundStep {
  readonly name = 'refresh';
  readonly kind = 'way-on';
  readonly label = 'Refresh the tokens';

  constructor(
    private readonly wire: Wire,
    private readonly inspector: TokenInspector,
    private readonly clock: Clock,
  ) {}

  isOffered({ tokens }: Run): boolean {
    return tokens?.refreshToken !== undefined;
  }

  async take(run: Run): Promise<Run> {
    const before = run.tokens;
    const token = before?.refreshToken ?? '';
    const exchange = await this.wire.post('Refresh request', ROUTES.token, refreshForm(run, token));
    const tokens = heldTokens(exchange, before);
    if (tokens === undefined) {
      return withChapter(run, {
        step: this.name,
        title: 'The refresh was refused',
        summary: `The server answered ${outcomeOf(exchange)}: this refresh token and all of its family are no longer good.`,
        exchanges: [exchange],
      });
    }
    const keys = await this.wire.get('Public keys', ROUTES.jwks);
    const spentRefreshToken = {
      token,
      spentAtMilliseconds: this.clock.now().getTime(),
      answer: exchange.response.body,
    };
    const chapter = {
      step: this.name,
      title: 'Fresh tokens, without asking you again',
      summary:
        'The refresh token was good for one use and came back as a new one. A copy of the old one, in whoever’s hands, gives itself away when it is used.',
      tokens: await this.inspector.inspect(tokens, keys.response.body, undefined),
      exchanges: [exchange],
    };
    return withChapter({ ...run, tokens: { ...tokens, spentRefreshToken } }, chapter);
  }
}
