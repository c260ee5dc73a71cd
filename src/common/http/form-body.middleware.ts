import type { IncomingHttpHeaders } from 'node:http';
import { Injectable, type NestMiddleware } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { PayloadTooLargeError } from '../errors/http.errors.js';
import { InvalidRequestError } from '../errors/rfc6749.errors.js';
import { FormParameters } from './form-parameters.js';

const MAX_BODY_BYTES = 256 * 1024;
const FORM = 'application/x-www-form-urlencoded';

/**
 * Reads a form body into `request.body` as FormParameters, for the routes that take one. The middleware is cheaper than
 * a general body parser and stricter: it refuses other content types, repeated parameters and bodies over 256 KiB.
 * Where the application that imports us has a body parser of its own, the middleware takes the parameters which that
 * has read.
 */
@Injectable()
export class FormBodyMiddleware implements NestMiddleware {
  use(request: Request, _response: Response, next: NextFunction): void {
    if (request.method !== 'POST') next();
    else if (hasNoBody(request.headers)) {
      request.body = FormParameters.parse('');
      next();
    } else if (!isForm(request.headers['content-type'])) {
      request.resume();
      next(new InvalidRequestError({ description: `Send the parameters as Content-Type ${FORM}` }));
    } else if (typeof request.body === 'object') {
      request.body = FormParameters.from(request.body);
      next();
    } else readForm(request, next);
  }
}

/**
 * True for a request without a body (RFC 9112 section 6.3): neither Content-Length nor Transfer-Encoding, or a length
 * of 0.
 */
function hasNoBody(headers: IncomingHttpHeaders): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
}

function isForm(contentType: string | undefined): boolean {
  return contentType === FORM || contentType?.split(';', 1)[0]?.trim().toLowerCase() === FORM;
}

/**
 * Reads the form. A body that is too large is read to its end and thrown away, so that the client gets to see the
 * refusal.
 */
function readForm(request: Request, next: NextFunction): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
  });
  request.on('error', () => next(new InvalidRequestError({ description: 'The body broke off before its end' })));
  request.on('end', () => {
    try {
      if (length > MAX_BODY_BYTES) throw new PayloadTooLargeError({ description: 'The body is over 256 KiB' });
      request.body = FormParameters.parse(Buffer.concat(chunks).toString('utf8'));
      next();
    } catch (error) {
      next(error);
    }
  });
}
