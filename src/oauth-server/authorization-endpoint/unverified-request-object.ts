import { z } from 'zod';

const members = z.object({
  state: z.string().optional().catch(undefined),
  response_mode: z.string().optional().catch(undefined),
});

/** The members of a request object that say how the client wants to be answered, each undefined where it is absent. */
export type UnverifiedRequestObject = z.output<typeof members>;

/**
 * Reads a request object by value (OpenID Connect Core section 6.1) without checking its signature. Nothing but the
 * refusal of the request may depend on it, because a client looks for the refusal where its object says. Empty for a
 * text that is no JWT.
 */
export function readUnverifiedRequestObject(jwt: string): UnverifiedRequestObject {
  const [, payload = '', , ...more] = jwt.split('.');
  if (more.length > 0) return {};
  try {
    return members.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch {
    return {};
  }
}
