import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { requestOf } from '../../common/http/transport.js';
import { CurrentUserPipe } from './current-user.pipe.js';

/** The request that `@CurrentUser()` asks for, by which the check of unguarded handlers knows it. */
export const CurrentRequest = createParamDecorator((_: unknown, context: ExecutionContext) => requestOf(context));

/**
 * The User whom the request speaks for: the subject of the access token, or the end user who is signed in at the
 * browser. Undefined for a token that a client holds in its own right, and where nobody is signed in. The user store is
 * asked only where a handler has this parameter.
 */
export const CurrentUser = (): ParameterDecorator => CurrentRequest(CurrentUserPipe);
