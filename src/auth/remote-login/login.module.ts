import { Global, type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { replaceable } from '../../common/extension/replaceable.js';
import { FormBodyMiddleware } from '../../common/http/form-body.middleware.js';
import { PageHeadersMiddleware } from '../../ui/page-headers.middleware.js';
import { UsersModule } from '../../users/users.module.js';
import { LoginChoices } from '../sign-in/login-choices.js';
import { AppTokens } from './api/app-tokens.js';
import { FreshTokens } from './api/fresh-tokens.js';
import { LinkedAccess } from './api/linked-access.js';
import { RemoteApis } from './api/remote-apis.js';
import { RemoteProfiles } from './api/remote-profiles.js';
import { AnsweredCallbacks } from './flow/answered-callbacks.js';
import { FurtherScopes } from './flow/further-scopes.js';
import { LoginFlowStore } from './flow/login-flow-store.js';
import { LoginFlows } from './flow/login-flows.js';
import { PostedAnswers } from './flow/posted-answers.js';
import { PostgresLoginFlowStore } from './flow/postgres-login-flow-store.js';
import { LastProvider } from './last-provider.js';
import { LinkAccountController } from './linking/link-account.controller.js';
import { LinkOffers } from './linking/link-offers.js';
import { PendingLinks } from './linking/pending-links.js';
import { RemoteRevocations } from './linking/remote-revocations.js';
import { RemoteSignIn } from './linking/remote-sign-in.js';
import { Unlinking } from './linking/unlinking.js';
import { OAuth1Protocol } from './protocols/oauth1/oauth1.protocol.js';
import { OAuth2Protocol } from './protocols/oauth2/oauth2.protocol.js';
import { DiscoveryCheck } from './protocols/oidc/discovery-check.js';
import { OidcProtocol } from './protocols/oidc/oidc.protocol.js';
import { OidcConfigurations } from './protocols/oidc/oidc-configurations.js';
import { RemoteAppChoices } from './remote-app-choices.js';
import { RemoteAppRegistry } from './remote-app-registry.js';
import { RemoteAuthentication } from './remote-authentication.js';
import { RemoteLoginController } from './remote-login.controller.js';

/**
 * Signing in at other providers; the option `login.apps` names them. The module is global, so that the sign-in page
 * finds the buttons of the providers.
 */
@Global()
@Module({
  imports: [UsersModule],
  controllers: [RemoteLoginController, LinkAccountController],
  providers: [
    RemoteAppRegistry,
    RemoteAuthentication,
    AppTokens,
    FreshTokens,
    FurtherScopes,
    LinkedAccess,
    RemoteApis,
    RemoteProfiles,
    AnsweredCallbacks,
    LoginFlows,
    ...replaceable(LoginFlowStore, PostgresLoginFlowStore),
    PostedAnswers,
    OAuth1Protocol,
    OAuth2Protocol,
    OidcProtocol,
    OidcConfigurations,
    DiscoveryCheck,
    RemoteSignIn,
    LinkOffers,
    PendingLinks,
    LastProvider,
    RemoteRevocations,
    Unlinking,
    { provide: LoginChoices, useClass: RemoteAppChoices },
  ],
  exports: [
    LoginChoices,
    RemoteAppRegistry,
    RemoteAuthentication,
    AnsweredCallbacks,
    RemoteApis,
    RemoteProfiles,
    LinkedAccess,
    Unlinking,
  ],
})
export class LoginModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(PageHeadersMiddleware, FormBodyMiddleware).forRoutes(RemoteLoginController, LinkAccountController);
  }
}
