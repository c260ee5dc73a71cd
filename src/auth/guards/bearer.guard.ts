import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AccessTokenVerifier, type VerifiedAccessToken } from '../../common/access-token-verifier.js';
import { InsufficientScopeError, MissingTokenError } from '../../common/errors/rfc6750.errors.js';
import { bearerTokenOf } from '../../common/http/bearer-token.js';
import { BEARER_ROUTE } from '../../common/http/route-access.js';
import { requestOf } from '../../common/http/transport.js';
import { scopesBeyond } from '../../common/scope.js';

/** Nobody is let through where no credentials can be read. */
const UNREADABLE = 'No access token can be read here, since there is no HTTP request behind this handler';

declare global {
  namespace Express {
    interface Request {
      /** The access token that the bearer guard let in; undefined on routes that the bearer guard does not keep. */
      accessToken?: VerifiedAccessToken;
    }
  }
}

/**
 * Lets a request in by its access token (RFC 6750). Each protected method is one decision that a subclass may take
 * differently. Raises MissingTokenError, MalformedTokenError, InvalidTokenError or InsufficientScopeError.
 */
@Injectable()
export class BearerGuard implements CanActivate {
  constructor(
    protected readonly verifier: AccessTokenVerifier,
    protected readonly reflector: Reflector,
  ) {}

  /** Returns without a promise for a token whose check needs no I/O. */
  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = this.requestOf(context);
    if (request === undefined) throw new MissingTokenError(UNREADABLE);
    const token = this.tokenOf(request);
    if (token === undefined) throw new MissingTokenError();
    const verified = this.verifier.verify(token);
    if (verified instanceof Promise) return verified.then((awaited) => this.admit(request, awaited, context));
    return this.admit(request, verified, context);
  }

  /** The HTTP request behind the handler: that of a route, a GraphQL operation or a socket; undefined for others. */
  protected requestOf(context: ExecutionContext): Request | undefined {
    return requestOf(context);
  }

  /** The token that came with the request; undefined when none did. */
  protected tokenOf(request: Request): string | undefined {
    return bearerTokenOf(request);
  }

  /** The scopes that the controller and the method list, together. */
  protected scopesNeeded(context: ExecutionContext): readonly string[] {
    return this.reflector.getAllAndMerge<string[]>(BEARER_ROUTE, [context.getClass(), context.getHandler()]);
  }

  /** Lets a good token in where it carries the scopes that the route needs, and leaves it at `request.accessToken`. */
  protected admit(request: Request, token: VerifiedAccessToken, context: ExecutionContext): boolean {
    const needed = this.scopesNeeded(context);
    if (scopesBeyond(needed, token.scopes).length > 0) throw new InsufficientScopeError(needed);
    request.accessToken = token;
    return true;
  }
}
