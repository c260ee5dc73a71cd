import { Injectable } from '@nestjs/common';
import { ROUTES } from '../../../../common/http/routes.js';
import { PLAYGROUND_CLIENT } from '../authorization-request.js';
import { type Run, withChapter } from '../run.js';
import { statusCheck } from '../token-exchange.js';
import { Wire } from '../wire.js';
import type { PlaygroundStep } from './playground-step.js';

/** The application gives its tokens back (RFC 7009), and the API notices at once. */
@Injectable()
export class RevokeStep implements PlaygroundStep {
  readonly name = 'revoke';
  readonly kind = 'way-on';
  readonly label = 'Revoke the tokens';

  constructor(private readonly wire: Wire) {}

  isOffered({ tokens }: Run): boolean {
    return tokens !== undefined;
  }

  async take(run: Run): Promise<Run> {
    const { refreshToken, accessToken = '' } = run.tokens ?? {};
    const form = { token: refreshToken ?? accessToken, client_id: PLAYGROUND_CLIENT };
    const revocation = await this.wire.post('Revocation request', ROUTES.revoke, form);
    const call = await this.wire.get('The API with the revoked access token', ROUTES.demoMe, accessToken);
    return withChapter(run, {
      step: this.name,
      title: 'Given back, and gone at once',
      summary:
        'Revoking the refresh token takes its whole family with it. The access token is a signed JWT that would be good for minutes to come, yet the API refuses it already.',
      checks: [
        statusCheck('revocation accepted', revocation, 200),
        statusCheck('access token no longer accepted', call, 401),
      ],
      exchanges: [revocation, call],
    });
  }
}
