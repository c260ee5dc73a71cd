import { Get } from '@nestjs/common';
import { CurrentToken } from '../../../auth/guards/current-token.decorator.js';
import { CurrentUser } from '../../../auth/guards/current-user.decorator.js';
import { RequireScopes } from '../../../auth/guards/require-scopes.decorator.js';
import type { VerifiedAccessToken } from '../../../common/access-token-verifier.js';
import { OwnController } from '../../../common/http/own-controller.decorator.js';
import { ROUTES } from '../../../common/http/routes.js';
import type { User } from '../../../users/user/user.js';

/** The example of a guarded API, as a resource server of your own would be written. */
@OwnController()
export class DemoApiController {
  /** Tells the subject of the token. Any good token will do. */
  @Get(ROUTES.demoMe)
  @RequireScopes()
  me(@CurrentUser() user: User | undefined, @CurrentToken() token: VerifiedAccessToken) {
    return { id: token.subject, email: user?.email ?? null };
  }

  /** Tells the claims of the token. Needs the scope `profile`. */
  @Get(ROUTES.demoProfile)
  @RequireScopes('profile')
  profile(@CurrentToken() token: VerifiedAccessToken) {
    return { id: token.subject, client: token.clientId, scopes: token.scopes, expiresAt: token.expiresAt };
  }
}
