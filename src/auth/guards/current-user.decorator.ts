import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { CurrentUserPipe } from './current-user.pipe.js';

const CurrentRequest = createParamDecorator((_: unknown, context: ExecutionContext) =>
  context.switchToHttp().getRequest<Request>(),
);

/**
 * The User whom the request speaks for: the one of the access token, or who is signed in at the browser. Undefined for
 * a client's own token and where nobody is signed in. Read from the user store only where a handler asks for it.
 */
export const CurrentUser = (): ParameterDecorator => CurrentRequest(CurrentUserPipe);
