import { InvalidRequestError } from './rfc6749.errors.js';

describe('an error', () => {
  const of = (description: string, detail: string) => new InvalidRequestError({ description, detail });

  it('An error says nothing to the client but printable ASCII without quotation mark and backslash (RFC 6749 section 5.2)', () => {
    expect(of('a"\\\r\n\u202eé~', '').description).toBe('a??????~');
  });

  it('An error begins no line of its own in the log, and turns none around', () => {
    const { detail, message } = of('', 'client "x\r\nERROR forged\u2028\u009b31m\u202e é"');
    expect([detail, message]).toEqual(Array(2).fill('client "x??ERROR forged??31m? é"'));
  });

  it('An error quotes a large request in part', () => {
    const { description, detail } = of('a'.repeat(256_000), 'b'.repeat(256_000));
    expect([description.length, detail?.length]).toEqual([1000, 1000]);
  });
});
