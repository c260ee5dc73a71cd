import { Injectable } from '@nestjs/common';
import { ROUTES } from '../../../../common/http/routes.js';
import { type Run, withChapter } from '../run.js';
import { statusCheck } from '../token-exchange.js';
import { Wire } from '../wire.js';
import type { PlaygroundStep } from './playground-step.js';

/** The guarded example API and userinfo, with the access token (RFC 6750, OpenID Connect Core section 5.3). */
@Injectable()
export class CallApiStep implements PlaygroundStep {
  readonly name = 'call';
  readonly kind = 'way-on';
  readonly label = 'Call the API';

  constructor(private readonly wire: Wire) {}

  isOffered({ tokens }: Run): boolean {
    return tokens !== undefined;
  }

  async take(run: Run): Promise<Run> {
    const accessToken = run.tokens?.accessToken;
    const exchanges = [
      await this.wire.get('Any valid token', ROUTES.demoMe, accessToken),
      await this.wire.get('Needs the scope profile', ROUTES.demoProfile, accessToken),
      await this.wire.get('Needs the scope openid', ROUTES.userinfo, accessToken),
    ];
    const isLetIn = exchanges.some(({ response }) => response.status === 200);
    return withChapter(run, {
      step: this.name,
      title: isLetIn ? 'The API let the application in' : 'The API kept the application out',
      summary:
        'The access token is all that the API asks for. Each door looks at the scopes that you allowed: what was not granted is refused, even with a good token.',
      checks: exchanges.map((exchange) => statusCheck(new URL(exchange.request.url).pathname, exchange, 200)),
      exchanges,
    });
  }
}
