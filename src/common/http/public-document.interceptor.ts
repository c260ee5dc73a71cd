import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import { digestOf } from '../crypto/random-token.js';

/** For how long anyone may keep a public document. */
export const PUBLIC_DOCUMENT_SECONDS = 900;

/**
 * Makes a JSON answer a document that anyone may keep for 15 minutes. A request with its ETag is answered with 304 (RFC
 * 9110 section 13.1.2).
 */
@Injectable()
export class PublicDocumentInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<object>): Observable<object> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      map((document) => {
        response.set({
          'Cache-Control': `public, max-age=${PUBLIC_DOCUMENT_SECONDS}`,
          ETag: `"${digestOf(JSON.stringify(document)).toString('base64url')}"`,
        });
        return document;
      }),
    );
  }
}
