import { HttpException } from '@nestjs/common';
import { AccessDeniedError, InvalidRequestError } from './rfc6749.errors.js';

describe('an error', () => {
  const of = (description: string, detail: string) => new InvalidRequestError({ description, detail });

  it('An error says nothing to the client but printable ASCII without quotation mark and backslash (RFC 6749 section 5.2)', () => {
    expect(of('a"\\\r\n\u202eé~', '').description).toBe('a??????~');
  });

  it('An error begins no line of its own in the log, and turns none around', () => {
    const { detail } = of('', 'client "x\r\nERROR forged\u2028\u009b31m\u202e é"');
    expect(detail).toBe('client "x??ERROR forged??31m? é"');
  });

  it('An error shows a filter of the application its status and the body of the RFC, and nothing that is for the log', () => {
    const error = new AccessDeniedError({ description: 'You may not', detail: 'ada is locked' });
    const body = { error: 'access_denied', error_description: 'You may not' };
    expect([error.getStatus(), error.getResponse(), error.message]).toEqual([403, body, 'You may not']);
    const fields = error as unknown as { status: number; response: object };
    expect([fields.status, fields.response, error instanceof HttpException]).toEqual([403, body, true]);
  });

  it('An error quotes a large request in part', () => {
    const { description, detail } = of('a'.repeat(256_000), 'b'.repeat(256_000));
    expect([description.length, detail?.length]).toEqual([1000, 1000]);
  });
});
