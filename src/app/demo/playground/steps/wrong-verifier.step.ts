import { Injectable } from '@nestjs/common';
import { randomText } from '../../../../common/crypto/random-token.js';
import { ROUTES } from '../../../../common/http/routes.js';
import { type Run, withChapter } from '../run.js';
import { codeExchangeForm, outcomeOf } from '../token-exchange.js';
import { Wire } from '../wire.js';
import type { PlaygroundStep } from './playground-step.js';

/** A thief's attempt: the code, but not the secret behind the challenge (RFC 7636 section 4.6). */
@Injectable()
export class WrongVerifierStep implements PlaygroundStep {
  readonly name = 'wrong-verifier';
  readonly kind = 'lesson';
  readonly label = 'Use a wrong verifier';

  constructor(private readonly wire: Wire) {}

  isOffered({ code, tokens }: Run): boolean {
    return code !== undefined && tokens === undefined;
  }

  hint(): string {
    return 'Be the thief who caught the code on its way, but not the secret behind the challenge.';
  }

  async take(run: Run): Promise<Run> {
    const exchange = await this.wire.post('With a wrong verifier', ROUTES.token, codeExchangeForm(run, randomText()));
    const isRefused = exchange.response.status === 400;
    return withChapter(run, {
      step: this.name,
      title: isRefused ? 'A stolen code is worth nothing' : 'The wrong verifier was not refused',
      summary:
        'The SHA-256 of this verifier is not the challenge that the authorization request carried, so the sender is not who began the flow.',
      checks: [{ name: 'wrong verifier refused', passed: isRefused, detail: outcomeOf(exchange) }],
      exchanges: [exchange],
    });
  }
}
