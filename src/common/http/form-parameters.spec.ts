import { FormParameters } from './form-parameters.js';

describe('FormParameters', () => {
  it('Form parameters are decoded, with those sent without a value left out (RFC 6749 section 3.1)', () => {
    const parameters = FormParameters.parse('scope=a+b%2Bc&state=&flag&redirect_uri=https%3A%2F%2Fclient.example%2F');
    expect(parameters.toJSON()).toEqual({ scope: 'a b+c', redirect_uri: 'https://client.example/' });
    expect([parameters.get('scope'), parameters.get('state'), parameters.get('nonce')]).toEqual([
      'a b+c',
      undefined,
      undefined,
    ]);
  });

  it.each([
    ['a repeated parameter', 'scope=a&scope=b', 'Parameter scope is given more than once'],
    ['one that is repeated without a value', 'scope=&scope=b', 'Parameter scope is given more than once'],
    ['one that is repeated under another spelling', 'scope=a&s%63ope=b', 'Parameter scope is given more than once'],
    ['a broken percent-encoding', 'scope=%zz', 'The percent-encoding of %zz is broken'],
    ['bytes that are not UTF-8', 'scope=%ff', 'The percent-encoding of %ff is broken'],
    ['a NUL byte', 'scope=a%00', 'A parameter contains a NUL byte'],
  ])('Form parameters refuse %s', (_what, text, description) => {
    expect(() => FormParameters.parse(text)).toThrow(description);
  });

  it('Form parameters know no prototype, so that none of its names passes for a parameter', () => {
    const parameters = FormParameters.parse('__proto__=x&constructor=y');
    expect([parameters.get('__proto__'), parameters.get('constructor'), parameters.get('toString')]).toEqual([
      'x',
      'y',
      undefined,
    ]);
    expect(JSON.stringify(parameters)).toBe('{"__proto__":"x","constructor":"y"}');
  });

  it('Form parameters may repeat resource and audience, and keep their order (RFC 8707 section 2, RFC 8693 section 2.1)', () => {
    const parameters = FormParameters.parse('resource=b&audience=x&resource=&resource=a&audience=&resource=b');
    expect(parameters.all('resource')).toEqual(['b', 'a', 'b']);
    expect(parameters.all('audience')).toEqual(['x']);
    expect(parameters.all('scope')).toEqual([]);
    expect(FormParameters.parse('resource=&resource=a').all('resource')).toEqual(['a']);
  });

  it('Form parameters refuse a repeated resource where the reader takes one', () => {
    const parameters = FormParameters.parse('resource=a&resource=b&audience=x');
    expect(() => parameters.get('resource')).toThrow('Give resource only once here');
    expect(parameters.get('audience')).toBe('x');
  });

  it('Form parameters refuse a request that lacks a required one', () => {
    expect(FormParameters.parse('token=x').required('token')).toBe('x');
    expect(() => FormParameters.parse('token=').required('token')).toThrow('token is missing; send it in the body');
  });

  it('Form parameters are listed name by name, a repeated one several times', () => {
    const parameters = FormParameters.parse('resource=a&resource=b&state=&scope=c');
    expect([...parameters.entries()]).toEqual([
      ['resource', 'a'],
      ['resource', 'b'],
      ['scope', 'c'],
    ]);
  });

  it('Form parameters come back from JSON as they were', () => {
    const parameters = FormParameters.parse('resource=a&resource=b&scope=c');
    const { resource, scope } = JSON.parse(JSON.stringify(parameters));
    expect([resource, scope]).toEqual([['a', 'b'], 'c']);
    expect(FormParameters.from({ resource, scope }).toJSON()).toEqual(parameters.toJSON());
  });

  it('Form parameters are read from the query of an address', () => {
    expect(FormParameters.parseQuery({ url: '/authorize?scope=a?b' }).get('scope')).toBe('a?b');
    expect(FormParameters.parseQuery({ url: '/authorize' }).toJSON()).toEqual({});
  });

  it("Form parameters take what a host application's body parser has made of a form", () => {
    const parsed = { scope: 'a b', state: '', resource: ['a', 'b'], audience: 'x' };
    const parameters = FormParameters.from(parsed);
    expect(parameters.toJSON()).toEqual({ scope: 'a b', resource: ['a', 'b'], audience: 'x' });
    expect(FormParameters.from(parameters)).toBe(parameters);
  });

  it.each([
    ['a list', { scope: ['a', 'b'] }, 'Parameter scope is given more than once or is not plain text'],
    ['a nested object', { scope: { a: 'b' } }, 'Parameter scope is given more than once or is not plain text'],
    [
      'a list of objects',
      { resource: [{ a: 'b' }] },
      'Parameter resource is given more than once or is not plain text',
    ],
    ['a NUL byte', { scope: 'a\0' }, 'A parameter contains a NUL byte'],
  ])('Form parameters refuse %s from the body parser of a host application', (_what, parsed, description) => {
    expect(() => FormParameters.from(parsed)).toThrow(description);
  });
});
