import { Global, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { FormBodyMiddleware } from '../../common/http/form-body.middleware.js';
import { PageHeadersMiddleware } from '../../ui/page-headers.middleware.js';
import { EndUserSession } from '../../users/session/end-user-session.js';
import { UsersModule } from '../../users/users.module.js';
import { SessionGuard } from '../guards/session.guard.js';
import { SignInGuard } from '../guards/sign-in.guard.js';
import { KnownBrowsers } from './known-browsers.js';
import { SignInController } from './sign-in.controller.js';
import { SignInLink } from './sign-in-link.js';
import { SignInPages } from './sign-in-pages.js';
import { SignInSessions } from './sign-in-sessions.js';
import { SignOutController } from './sign-out.controller.js';

/** Sign-in and sign-out pages, sessions and the session guard. */
@Global()
@Module({
  imports: [UsersModule],
  controllers: [SignInController, SignOutController],
  providers: [
    KnownBrowsers,
    SessionGuard,
    SignInGuard,
    SignInLink,
    SignInPages,
    SignInSessions,
    { provide: APP_GUARD, useExisting: SessionGuard },
    { provide: EndUserSession, useExisting: SignInSessions },
  ],
  exports: [EndUserSession, SignInSessions],
})
export class SignInModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PageHeadersMiddleware, FormBodyMiddleware).forRoutes(SignInController, SignOutController);
  }
}
