import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { ClientsModule } from '../../clients/clients.module.js';
import { FormBodyMiddleware } from '../../common/http/form-body.middleware.js';
import { Paths } from '../../common/http/paths.js';
import { ROUTES } from '../../common/http/routes.js';
import { SameOriginMiddleware } from '../../common/http/same-origin.middleware.js';
import { PageHeadersMiddleware } from '../../ui/page-headers.middleware.js';
import { UsersModule } from '../../users/users.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { AuthorizationPipeline } from './authorization.pipeline.js';
import { AuthorizationResponses } from './authorization-responses.js';
import { AUTHORIZATION_STEPS } from './authorization-steps.js';
import { AuthorizeController } from './authorize.controller.js';
import { AuthorizeMetadata } from './authorize.metadata.js';
import { ConsentScreen } from './consent/consent-screen.js';
import { FormPostResponseMode } from './response-modes/form-post.response-mode.js';
import { FragmentResponseMode } from './response-modes/fragment.response-mode.js';
import { QueryResponseMode } from './response-modes/query.response-mode.js';
import { CodeResponseTypePart } from './response-types/code.response-type-part.js';
import { ResponseTypes } from './response-types/response-types.js';
import { TokenResponseTypePart } from './response-types/token.response-type-part.js';
import { SealedRequests } from './sealed-requests.js';

const PAGES = [ROUTES.authorize, ROUTES.resumeAuthorize, ROUTES.decideAuthorize];

/** The authorization endpoint with its steps, response types and response modes. */
@Module({
  imports: [ClientsModule, TokensModule, UsersModule],
  controllers: [AuthorizeController],
  providers: [
    {
      provide: AuthorizationPipeline,
      useFactory: (modules: ModuleRef) => new AuthorizationPipeline(AUTHORIZATION_STEPS, modules),
      inject: [ModuleRef],
    },
    ...AUTHORIZATION_STEPS.map(([step]) => step),
    AuthorizationResponses,
    AuthorizeMetadata,
    CodeResponseTypePart,
    ConsentScreen,
    FormPostResponseMode,
    FragmentResponseMode,
    QueryResponseMode,
    ResponseTypes,
    SealedRequests,
    TokenResponseTypePart,
  ],
  exports: [ResponseTypes],
})
export class AuthorizeModule implements NestModule {
  constructor(private readonly paths: Paths) {}

  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply(SameOriginMiddleware, PageHeadersMiddleware, FormBodyMiddleware)
      .forRoutes(...PAGES.map((route) => this.paths.belowPrefix(route)));
  }
}
