import { Injectable } from '@nestjs/common';
import { AccessDeniedError } from '../../../common/errors/rfc6749.errors.js';
import type { Step } from '../step.js';

/**
 * Tells the client that the end user refused (RFC 6749 section 4.1.2.1). An end user who refuses need not be signed in.
 */
@Injectable()
export class StopIfDeniedStep implements Step {
  run({ isAllowed }: { isAllowed: boolean }): void {
    if (!isAllowed) throw new AccessDeniedError({ description: 'The end user did not allow this' });
  }
}
