import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { requestOf } from '../../common/http/transport.js';
import { CurrentUserPipe } from './current-user.pipe.js';

/** Reads the request for `@CurrentUser()`; the check of unguarded handlers knows the decorator by it. */
export function currentRequest(_: unknown, context: ExecutionContext): Request | undefined {
  return requestOf(context);
}

const CurrentRequest = createParamDecorator(currentRequest);

/**
 * The User whom the request speaks for: the subject of the access token, or the end user who is signed in at the
 * browser. Undefined for a token that a client holds in its own right, and where nobody is signed in. The user store is
 * asked only where a handler has this parameter.
 */
export const CurrentUser = (): ParameterDecorator => CurrentRequest(CurrentUserPipe);
