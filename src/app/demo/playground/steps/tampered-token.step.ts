import { Injectable } from '@nestjs/common';
import { ROUTES } from '../../../../common/http/routes.js';
import { type Run, withChapter } from '../run.js';
import { statusCheck } from '../token-exchange.js';
import { TokenInspector } from '../token-inspector.js';
import { Wire } from '../wire.js';
import type { PlaygroundStep } from './playground-step.js';

/** One character of the access token changed: neither the public keys nor the API accept it (RFC 6750 section 3.1). */
@Injectable()
export class TamperedTokenStep implements PlaygroundStep {
  readonly name = 'tampered-token';
  readonly kind = 'lesson';
  readonly label = 'Tamper with the token';

  constructor(
    private readonly wire: Wire,
    private readonly inspector: TokenInspector,
  ) {}

  isOffered({ tokens }: Run): boolean {
    return tokens !== undefined;
  }

  hint(): string {
    return 'Change one character of the signature and try it on the API.';
  }

  async take(run: Run): Promise<Run> {
    const tampered = withOneCharacterChanged(run.tokens?.accessToken ?? '');
    const keys = await this.wire.get('Public keys', ROUTES.jwks);
    const call = await this.wire.get('The API with the tampered token', ROUTES.demoMe, tampered);
    return withChapter(run, {
      step: this.name,
      title: 'One character is enough',
      summary:
        'The signature no longer fits what it signs. Everyone who holds the public keys sees that, without asking the server.',
      checks: [statusCheck('tampered token refused', call, 401)],
      tokens: [await this.inspector.accessToken(tampered, keys.response.body)],
      exchanges: [call],
    });
  }
}

/** The tenth character from the end: every bit of it counts, unlike those of the last one. */
function withOneCharacterChanged(token: string): string {
  const at = token.length - 10;
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}
