import type { Response } from 'express';

/**
 * Sends the JSON of a protocol, which nobody may keep (RFC 6749 section 5.1), past the interceptors of the application:
 * one that wraps its own answers, say in `{ data }`, would leave a client without a token.
 */
export function sendProtocolAnswer(response: Response, body: object): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Pragma', 'no-cache');
  response.status(200).json(body);
}
