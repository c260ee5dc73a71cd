import { InvalidRequestError } from '../errors/rfc6749.errors.js';

/** Request parameters by name; each at most once, as RFC 6749 section 3.1 demands. */
export type FormParameters = Readonly<Record<string, string | undefined>>;

/**
 * Parses a query string or form body. Parameters sent without a value count as omitted (RFC 6749 section 3.1).
 * Raises InvalidRequestError for a repeated parameter, a NUL byte or a broken percent-encoding.
 */
export function parseFormParameters(text: string): FormParameters {
  const parameters: Record<string, string | undefined> = Object.create(null);
  if (text === '') return parameters;
  for (const pair of text.split('&')) {
    const equals = pair.indexOf('=');
    const name = decode(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? '' : decode(pair.slice(equals + 1));
    if (name in parameters) throw new InvalidRequestError({ description: `Parameter ${name} is given more than once` });
    parameters[name] = value === '' ? undefined : value;
  }
  return parameters;
}

/** Parses the query of a request's `url` as `parseFormParameters` does, unlike Express, which lets parameters repeat. */
export function queryParametersOf({ url }: { readonly url: string }): FormParameters {
  const start = url.indexOf('?');
  return parseFormParameters(start === -1 ? '' : url.slice(start + 1));
}

/**
 * Takes what a host application's own body parser made of a form. Raises InvalidRequestError for what such parsers turn
 * into lists and objects, which are repeated parameters and names with brackets, and for a NUL byte.
 */
export function formParametersOf(parsed: object): FormParameters {
  const parameters: Record<string, string | undefined> = Object.create(null);
  for (const [name, value = ''] of Object.entries(parsed)) {
    if (typeof value !== 'string') {
      throw new InvalidRequestError({ description: `Parameter ${name} is given more than once or is not plain text` });
    }
    refuseNul(name + value);
    parameters[name] = value === '' ? undefined : value;
  }
  return parameters;
}

/** The parameter's value. Raises InvalidRequestError when it is missing. */
export function required(parameters: FormParameters, name: string): string {
  const value = parameters[name];
  if (value === undefined) throw new InvalidRequestError({ description: `${name} is missing; send it in the body` });
  return value;
}

function decode(encoded: string): string {
  let text = encoded;
  try {
    if (/[+%]/.test(encoded)) text = decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    throw new InvalidRequestError({ description: `The percent-encoding of ${encoded.slice(0, 40)} is broken` });
  }
  refuseNul(text);
  return text;
}

function refuseNul(text: string): void {
  if (text.includes('\0')) throw new InvalidRequestError({ description: 'A parameter contains a NUL byte' });
}
