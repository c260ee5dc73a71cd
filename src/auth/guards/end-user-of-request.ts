import type { Request } from 'express';
import type { EndUserSession } from '../../users/session/end-user-session.js';
import './bearer.guard.js';

/**
 * The id of the end user whom a request speaks for: the subject of the access token that the bearer guard let in, or the
 * end user who is signed in at the browser. Undefined for a token that a client holds in its own right, and where nobody
 * is signed in.
 */
export async function endUserIdOf(request: Request, session: EndUserSession | undefined): Promise<string | undefined> {
  const { accessToken } = request;
  return accessToken ? accessToken.userId : (await session?.current(request))?.subject;
}
