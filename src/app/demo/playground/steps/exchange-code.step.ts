import { Injectable } from '@nestjs/common';
import { ROUTES } from '../../../../common/http/routes.js';
import { type Run, withChapter } from '../run.js';
import { codeExchangeForm, heldTokens, outcomeOf } from '../token-exchange.js';
import { TokenInspector } from '../token-inspector.js';
import { Wire } from '../wire.js';
import type { PlaygroundStep } from './playground-step.js';

/** The code becomes tokens (RFC 6749 section 4.1.3, RFC 7636 section 4.5), which are verified at once. */
@Injectable()
export class ExchangeCodeStep implements PlaygroundStep {
  readonly name = 'exchange';
  readonly kind = 'way-on';
  readonly label = 'Exchange the code for tokens';

  constructor(
    private readonly wire: Wire,
    private readonly inspector: TokenInspector,
  ) {}

  isOffered({ code, tokens }: Run): boolean {
    return code !== undefined && tokens === undefined;
  }

  async take(run: Run): Promise<Run> {
    const form = codeExchangeForm(run, run.flow.codeVerifier);
    const exchange = await this.wire.post('Token request', ROUTES.token, form);
    const tokens = heldTokens(exchange);
    if (tokens === undefined) {
      return withChapter(run, {
        step: this.name,
        title: 'The code was refused',
        summary: `The server answered ${outcomeOf(exchange)}: its words below say why. A fresh run gets a fresh code.`,
        exchanges: [exchange],
      });
    }
    const keys = await this.wire.get('Public keys', ROUTES.jwks);
    const chapter = {
      step: this.name,
      title: 'Tokens received and verified',
      summary:
        'The server took the code and the secret behind the challenge. The application did not trust the tokens blindly: it fetched the public keys and checked each token.',
      tokens: await this.inspector.inspect(tokens, keys.response.body, run.flow.parameters.nonce),
      exchanges: [exchange, keys],
    };
    return withChapter({ ...run, tokens }, chapter);
  }
}
