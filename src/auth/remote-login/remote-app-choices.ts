import { Injectable } from '@nestjs/common';
import { Paths } from '../../common/http/paths.js';
import type { SignInRequest } from '../../users/session/end-user-session.js';
import { type LoginChoice, LoginChoices } from '../sign-in/login-choices.js';
import { startPath } from './flow/login-attempt.js';
import { RemoteAppRegistry } from './remote-app-registry.js';

/**
 * A button on the sign-in page for each remote app; where the end user is to prove again who they are, for those alone
 * that can ask them and tell that they did.
 */
@Injectable()
export class RemoteAppChoices extends LoginChoices {
  constructor(
    private readonly apps: RemoteAppRegistry,
    private readonly paths: Paths,
  ) {
    super();
  }

  choices({ returnTo, reason }: SignInRequest): readonly LoginChoice[] {
    const mustProveAgain = reason === 'reauthenticate';
    const able = this.apps.all().filter(({ provesAgain }) => provesAgain || !mustProveAgain);
    return able.map((app) => ({
      service: app.label,
      href: startPath(this.paths, { app, returnTo, mustProveAgain }),
    }));
  }
}
