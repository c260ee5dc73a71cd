import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Paths } from '../../common/http/paths.js';
import type { SignInRequest } from '../../users/session/end-user-session.js';
import { type LoginChoice, LoginChoices } from '../sign-in/login-choices.js';
import { startPath } from './flow/login-attempt.js';
import { LastProvider } from './last-provider.js';
import { RemoteAppRegistry } from './remote-app-registry.js';

/**
 * A button on the sign-in page for each remote app, the one in front by which somebody signed in last at this browser; where the end user is to prove again who they are, for those alone
 * that can ask them and tell that they did.
 */
@Injectable()
export class RemoteAppChoices extends LoginChoices {
  constructor(
    private readonly apps: RemoteAppRegistry,
    private readonly lastProvider: LastProvider,
    private readonly paths: Paths,
  ) {
    super();
  }

  choices({ returnTo, reason }: SignInRequest, request: Request): readonly LoginChoice[] {
    const mustProveAgain = reason === 'reauthenticate';
    const able = this.apps.all().filter(({ provesAgain }) => provesAgain || !mustProveAgain);
    return this.lastProvider.first(request, able).map((app) => ({
      service: app.label,
      ...(app.mark && { mark: app.mark }),
      href: startPath(this.paths, { app, returnTo, mustProveAgain }),
    }));
  }
}
