import { Injectable } from '@nestjs/common';
import { InvalidRequestError } from '../../../common/errors/rfc6749.errors.js';
import { CsrfProtection } from '../../../common/http/csrf-protection.js';
import type { FormParameters } from '../../../common/http/form-parameters.js';
import type { Incoming, Step } from '../step.js';

/**
 * Reads which button of the consent page was pressed. Raises ForbiddenFormError for a form that was not shown in this
 * browser.
 */
@Injectable()
export class CheckDecisionStep implements Step {
  constructor(private readonly csrf: CsrfProtection) {}

  run({ request }: Incoming): { isAllowed: boolean } {
    const form: FormParameters = request.body;
    this.csrf.check(request, form);
    const decision = form.get('decision');
    if (decision !== 'allow' && decision !== 'deny') {
      throw new InvalidRequestError({ description: 'decision must be allow or deny' });
    }
    return { isAllowed: decision === 'allow' };
  }
}
