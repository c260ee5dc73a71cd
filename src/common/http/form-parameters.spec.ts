import { formParametersOf, parseFormParameters } from './form-parameters.js';

describe('form parameters', () => {
  it('are decoded, with those sent without a value left out (RFC 6749 section 3.1)', () => {
    const parameters = parseFormParameters('scope=a+b%2Bc&state=&flag&redirect_uri=https%3A%2F%2Fclient.example%2F');
    expect(parameters).toEqual({ scope: 'a b+c', redirect_uri: 'https://client.example/' });
    expect(parameters.state).toBeUndefined();
  });

  it.each([
    ['a repeated parameter', 'scope=a&scope=b', 'Parameter scope is given more than once'],
    ['one that is repeated without a value', 'scope=&scope=b', 'Parameter scope is given more than once'],
    ['a broken percent-encoding', 'scope=%zz', 'The percent-encoding of %zz is broken'],
    ['bytes that are not UTF-8', 'scope=%ff', 'The percent-encoding of %ff is broken'],
    ['a NUL byte', 'scope=a%00', 'A parameter contains a NUL byte'],
  ])('refuse %s', (_what, text, description) => {
    expect(() => parseFormParameters(text)).toThrow(description);
  });

  it('know no prototype, so that none of its names passes for a parameter', () => {
    expect(parseFormParameters('__proto__=x&constructor=y')).toMatchObject({ constructor: 'y' });
    expect(parseFormParameters('').toString).toBeUndefined();
  });

  it("take what a host application's body parser has made of a form", () => {
    expect(formParametersOf({ scope: 'a b', state: '' })).toEqual({ scope: 'a b' });
  });

  it.each([
    ['a list', { scope: ['a', 'b'] }, 'Parameter scope is given more than once or is not plain text'],
    ['a nested object', { scope: { a: 'b' } }, 'Parameter scope is given more than once or is not plain text'],
    ['a NUL byte', { scope: 'a\0' }, 'A parameter contains a NUL byte'],
  ])('refuse %s from such a parser', (_what, parsed, description) => {
    expect(() => formParametersOf(parsed)).toThrow(description);
  });
});
