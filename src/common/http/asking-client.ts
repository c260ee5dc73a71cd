import type { Request } from 'express';

declare global {
  namespace Express {
    interface Locals {
      /** The client that the request names, for the log; set by `noteClient`. */
      askingClient?: string;
    }
  }
}

const MAX_LENGTH = 80;

/** Notes for the log which client a request names, proven or not. */
export function noteClient(request: Request, clientId: string): void {
  if (request.res !== undefined) request.res.locals.askingClient = clientId;
}

/** The client that a request names, on one line; undefined where none was noted. */
export function clientOf({ res }: Request): string | undefined {
  return res?.locals.askingClient?.slice(0, MAX_LENGTH).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}
