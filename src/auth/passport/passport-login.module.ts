import { Module, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import passport from 'passport';
import { Paths } from '../../common/http/paths.js';
import { AnsweredCallbacks } from '../remote-login/flow/answered-callbacks.js';
import { RemoteAppRegistry } from '../remote-login/remote-app-registry.js';
import { RemoteAuthentication } from '../remote-login/remote-authentication.js';
import { partsOfApplications, RemoteAppStrategy } from './remote-app.strategy.js';

/**
 * Registers every remote app with passport under its own name, for applications that use AuthGuard: `AuthGuard('github')`.
 * The module is no part of AuthModule, because passport has one registry for the whole process, in which an application
 * may have a strategy of such a name already.
 */
@Module({})
export class PassportLoginModule implements OnApplicationBootstrap {
  constructor(
    private readonly apps: RemoteAppRegistry,
    private readonly authentication: RemoteAuthentication,
    private readonly answered: AnsweredCallbacks,
    private readonly paths: Paths,
    private readonly host: HttpAdapterHost,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    const { apps, authentication, answered, paths } = this;
    const parts = { apps, authentication, answered, paths };
    partsOfApplications.set(this.host, parts);
    return apps.onEach(({ name }) => {
      passport.use(name, new RemoteAppStrategy(name, parts));
    });
  }
}
