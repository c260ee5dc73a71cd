import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { currentRequest } from '../../../common/http/current-request.js';
import { Paths } from '../../../common/http/paths.js';
import { ROUTES } from '../../../common/http/routes.js';
import { LinkedAccountRepository } from '../../../users/linked-account/linked-account.repository.js';
import { TokenVault } from '../../../users/linked-account/token-vault.js';
import { FurtherScopes } from '../flow/further-scopes.js';
import { type LoginAttempt, startPath } from '../flow/login-attempt.js';
import type { LoginFailureFacts } from '../login-failure.js';
import type { RemoteApp } from '../remote-app.js';
import { RemoteAppRegistry } from '../remote-app-registry.js';

/** What end users have allowed at providers, and the way to more. */
@Injectable()
export class LinkedAccess {
  constructor(
    private readonly apps: RemoteAppRegistry,
    private readonly accounts: LinkedAccountRepository,
    private readonly vault: TokenVault,
    private readonly further: FurtherScopes,
    private readonly paths: Paths,
  ) {}

  /**
   * The sign-in that is missing for these scopes, which asks for all that were granted before as well; undefined where
   * nothing is missing. Raises LoginFailure (unknown_provider).
   */
  async missing(
    userId: string,
    provider: string,
    needed: readonly string[],
    request: Request,
  ): Promise<LoginAttempt | undefined> {
    const app = this.apps.find(provider);
    const account = await this.accounts.ofEndUser(userId, provider);
    const tokens = account && !account.needsReauth ? await this.vault.find(account) : undefined;
    const granted = (tokens?.scope ?? '').split(/[\s,]+/).filter(Boolean);
    if (tokens !== undefined && needed.every((scope) => granted.includes(scope))) return undefined;
    const scopes = [...new Set([...(app.scopes ?? []), ...granted, ...needed])];
    return this.further.asked(this.attempt(app, request), scopes);
  }

  /** A sign-in that comes back to the page which the request asks for. */
  attempt(app: RemoteApp, request = currentRequest()): LoginAttempt {
    const isPage = request?.method === 'GET' && request.headers.accept?.includes('text/html');
    return { app, returnTo: request && isPage ? this.paths.of(request) : this.paths.home };
  }

  /** What a program is told of a sign-in that is needed: where it starts. */
  factsOf(attempt: LoginAttempt): LoginFailureFacts {
    return { startUrl: new URL(startPath(this.paths, attempt), this.paths.url(ROUTES.home)).href };
  }
}
