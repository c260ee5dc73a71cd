import { Injectable, Optional, type PipeTransform } from '@nestjs/common';
import type { Request } from 'express';
import { InvalidTokenError } from '../../common/errors/rfc6750.errors.js';
import { EndUserSession } from '../../users/session/end-user-session.js';
import { EndUsers } from '../../users/user/end-users.js';
import type { User } from '../../users/user/user.js';
import { endUserIdOf } from './end-user-of-request.js';

/** Turns a request into the User behind it. Raises InvalidTokenError when the end user of an access token is gone. */
@Injectable()
export class CurrentUserPipe implements PipeTransform<Request | undefined, Promise<User | undefined>> {
  constructor(
    private readonly endUsers: EndUsers,
    @Optional() private readonly session?: EndUserSession,
  ) {}

  async transform(request: Request | undefined): Promise<User | undefined> {
    if (request === undefined) return undefined;
    const userId = await endUserIdOf(request, this.session);
    const user = userId === undefined ? undefined : await this.endUsers.find(userId);
    if (request.accessToken?.userId !== undefined && user === undefined)
      throw new InvalidTokenError({ description: 'The end user of this token has no account any more' });
    return user;
  }
}
