import { Injectable } from '@nestjs/common';
import { ROUTES } from '../../../../common/http/routes.js';
import { type Run, withChapter } from '../run.js';
import { codeExchangeForm, statusCheck } from '../token-exchange.js';
import { Wire } from '../wire.js';
import type { PlaygroundStep } from './playground-step.js';

/** The code a second time: refused, and what the first use gave is revoked (RFC 6749 section 4.1.2). */
@Injectable()
export class ReplayCodeStep implements PlaygroundStep {
  readonly name = 'replay-code';
  readonly kind = 'lesson';
  readonly label = 'Replay the code';

  constructor(private readonly wire: Wire) {}

  isOffered({ code, tokens }: Run): boolean {
    return code !== undefined && tokens !== undefined;
  }

  hint(): string {
    return 'Send the same code once more. Two users of one code mean that one of them stole it.';
  }

  async take(run: Run): Promise<Run> {
    const form = codeExchangeForm(run, run.flow.codeVerifier);
    const replay = await this.wire.post('The same code again', ROUTES.token, form);
    const call = await this.wire.get('The API with the token from before', ROUTES.demoMe, run.tokens?.accessToken);
    return withChapter(run, {
      step: this.name,
      title: 'A code works once',
      summary:
        'The second use is refused. Since the server cannot tell which of the two senders is the thief, it also revokes everything that the first use gave.',
      checks: [statusCheck('second use refused', replay, 400), statusCheck('earlier access token revoked', call, 401)],
      exchanges: [replay, call],
    });
  }
}
