import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import { Strategy } from 'passport';
import { AccessTokenVerifier, type VerifiedAccessToken } from '../../common/access-token-verifier.js';
import { MissingTokenError } from '../../common/errors/rfc6750.errors.js';
import { bearerTokenOf } from '../../common/http/bearer-token.js';
import { ByApplication } from './by-application.js';

/** The name to give to `AuthGuard`. */
export const ACCESS_TOKEN_STRATEGY = 'gatehouse';

/** An application takes its own tokens alone. */
const verifiers = new ByApplication<AccessTokenVerifier>();

/**
 * Our access tokens as a passport strategy (RFC 6750), for applications whose guards are @nestjs/passport's AuthGuard:
 * `request.user` is the VerifiedAccessToken. The application compares scopes itself; `@RequireScopes` does so without
 * passport.
 */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, ACCESS_TOKEN_STRATEGY) implements OnModuleInit {
  constructor(
    private readonly verifier: AccessTokenVerifier,
    private readonly host: HttpAdapterHost,
  ) {
    super();
  }

  onModuleInit(): void {
    verifiers.set(this.host, this.verifier);
  }

  override authenticate(request: Request): void {
    this.validate(request).then(
      (token) => this.success(token),
      (error: unknown) => this.error(error),
    );
  }

  /** Raises MissingTokenError, MalformedTokenError or InvalidTokenError, which AuthGuard passes on as they are. */
  async validate(request: Request): Promise<VerifiedAccessToken> {
    const token = bearerTokenOf(request);
    if (token === undefined) throw new MissingTokenError();
    return (verifiers.of(request) ?? this.verifier).verify(token);
  }
}
