import { Injectable } from '@nestjs/common';
import { InvalidRequestError } from '../../../common/errors/rfc6749.errors.js';
import { CsrfProtection } from '../../../common/http/csrf-protection.js';
import type { Incoming, Step } from '../step.js';

/** Reads which button of the consent page was pressed, in the browser that was shown it (else ForbiddenFormError). */
@Injectable()
export class CheckDecisionStep implements Step {
  constructor(private readonly csrf: CsrfProtection) {}

  run({ request }: Incoming): { isAllowed: boolean } {
    this.csrf.check(request, request.body);
    const decision: unknown = request.body.decision;
    if (decision !== 'allow' && decision !== 'deny') {
      throw new InvalidRequestError({ description: 'decision must be allow or deny' });
    }
    return { isAllowed: decision === 'allow' };
  }
}
