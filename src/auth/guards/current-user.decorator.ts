import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { CurrentUserPipe } from './current-user.pipe.js';

const CurrentRequest = createParamDecorator((_: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<Request>(),
);

/**
 * The User whom the request speaks for: the subject of the access token, or the end user who is signed in at the
 * browser. Undefined for a token that a client holds in its own right, and where nobody is signed in. The user store is
 * asked only where a handler has this parameter.
 */
export const CurrentUser = (): ParameterDecorator => CurrentRequest(CurrentUserPipe);
