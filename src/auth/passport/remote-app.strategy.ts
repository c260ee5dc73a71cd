import type { Request, Response } from 'express';
import { Strategy } from 'passport';
import { FormBodyMiddleware } from '../../common/http/form-body.middleware.js';
import { FormParameters } from '../../common/http/form-parameters.js';
import type { Paths } from '../../common/http/paths.js';
import type { AnsweredCallbacks } from '../remote-login/flow/answered-callbacks.js';
import type { RemoteAppRegistry } from '../remote-login/remote-app-registry.js';
import type { RemoteAuthentication } from '../remote-login/remote-authentication.js';
import { ByApplication } from './by-application.js';

/** What a guard may say for one route, by `getAuthenticateOptions` of AuthGuard. */
export interface RemoteAppGuardOptions {
  /**
   * The path at which the provider's answer arrives, which is guarded by the same strategy; absent: the path of the route
   * itself. The provider must know it as a redirect URI.
   */
  readonly callbackURL?: string;
}

/** The parts of the login side that the strategies work by. */
export interface RemoteAppStrategyParts {
  readonly apps: RemoteAppRegistry;
  readonly authentication: RemoteAuthentication;
  readonly answered: AnsweredCallbacks;
  readonly paths: Paths;
}

/** The login side of each application in this process. */
export const partsOfApplications = new ByApplication<RemoteAppStrategyParts>();

/**
 * A remote app as a passport strategy of its name, for applications whose guards are @nestjs/passport's AuthGuard:
 * `AuthGuard('github')` sends a browser to the provider, and with the provider's answer `request.user` is the
 * RemoteIdentity. State, nonce and PKCE are those of every sign-in of ours. Nobody is signed in here and no account is
 * made: that is left to the application.
 */
export class RemoteAppStrategy extends Strategy {
  constructor(
    override readonly name: string,
    private readonly parts: RemoteAppStrategyParts,
  ) {
    super();
  }

  override authenticate(request: Request, options: RemoteAppGuardOptions = {}): void {
    this.settle(request, options).catch((error: unknown) => this.error(error));
  }

  // passport makes an object upon this one for each request, which private members of the language would not be on.
  private async settle(request: Request, { callbackURL }: RemoteAppGuardOptions): Promise<void> {
    const { apps, authentication, answered, paths } = partsOfApplications.of(request) ?? this.parts;
    const response = request.res as Response;
    const app = apps.find(this.name);
    const parameters = await parametersOf(request, response);
    const [own = ''] = paths.of(request).split('?', 1);
    if (!authentication.isAnswer(app, parameters)) {
      const callbackPath = callbackURL ?? own;
      if (!paths.owns(callbackPath)) throw new Error(`The callbackURL "${callbackPath}" is no path of this server`);
      return authentication.start({ app, returnTo: own, callbackPath }, request, response);
    }
    const confirmed = await authentication.finish(app, parameters, request, response, own);
    if ('given' in confirmed) return response.redirect(303, confirmed.given.location);
    await answered.settle(confirmed.answer.key, confirmed.answer.parameters, 'no redirect');
    return this.success(confirmed.identity);
  }
}

/** What came in the query or in a form (response mode `form_post`), which the application may have read already. */
async function parametersOf(request: Request, response: Response): Promise<FormParameters> {
  if (request.method !== 'POST') return FormParameters.parseQuery(request);
  await new Promise<void>((resolve, reject) => {
    new FormBodyMiddleware().use(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  return request.body as FormParameters;
}
