import { InvalidRequestError } from '../errors/rfc6749.errors.js';

/** The parameters that may be given several times (RFC 8707 section 2, RFC 8693 section 2.1). */
const REPEATABLE: ReadonlySet<string> = new Set(['resource', 'audience']);

/** The parameters of a query or a form body. All but `resource` and `audience` come at most once (RFC 6749 section 3.1). */
export class FormParameters {
  /**
   * The values by name. A parameter that was sent without a value is kept as an empty text, so that its repetition is
   * seen.
   */
  readonly #values = new Map<string, string | string[]>();

  private constructor() {}

  /**
   * Parses a query string or form body. A parameter sent without a value counts as omitted (RFC 6749 section 3.1).
   * Raises InvalidRequestError for a repeated parameter, a NUL byte or a broken percent-encoding.
   */
  static parse(text: string): FormParameters {
    const parameters = new FormParameters();
    if (text === '') return parameters;
    for (const pair of text.split('&')) {
      const equals = pair.indexOf('=');
      if (equals === -1) parameters.#add(decode(pair), '');
      else parameters.#add(decode(pair.slice(0, equals)), decode(pair.slice(equals + 1)));
    }
    return parameters;
  }

  /** Parses the query of a request's `url` as `parse` does, unlike Express, which lets every parameter repeat. */
  static parseQuery({ url }: { readonly url: string }): FormParameters {
    const start = url.indexOf('?');
    return FormParameters.parse(start === -1 ? '' : url.slice(start + 1));
  }

  /**
   * Takes an object that a host application's own body parser made of a form, or that `toJSON` gave. Raises
   * InvalidRequestError for a list or an object, which such parsers make of repeated parameters and of names with
   * brackets (`a[b]=1`), and for a NUL byte. Parameters that are read already stay as they are, so that two middlewares
   * in a row do no harm.
   */
  static from(parsed: object): FormParameters {
    if (parsed instanceof FormParameters) return parsed;
    const parameters = new FormParameters();
    for (const [name, given] of Object.entries(parsed)) {
      for (const value of Array.isArray(given) && REPEATABLE.has(name) ? given : [given ?? '']) {
        if (typeof value !== 'string') {
          throw new InvalidRequestError({
            description: `Parameter ${name} is given more than once or is not plain text`,
          });
        }
        refuseNul(name + value);
        parameters.#add(name, value);
      }
    }
    return parameters;
  }

  /** The value; undefined when it was left out. Raises InvalidRequestError for a `resource` or `audience` that repeats. */
  get(name: string): string | undefined {
    const value = this.#values.get(name);
    if (typeof value === 'object') throw new InvalidRequestError({ description: `Give ${name} only once here` });
    return value || undefined;
  }

  /** The value. Raises InvalidRequestError when it is missing. */
  required(name: string): string {
    const value = this.get(name);
    if (value === undefined) throw new InvalidRequestError({ description: `${name} is missing; send it in the body` });
    return value;
  }

  /** Every value of a parameter that may repeat, in the order sent; an empty list when it was left out. */
  all(name: string): readonly string[] {
    const value = this.#values.get(name);
    return typeof value === 'object' ? value : value ? [value] : [];
  }

  /** Every name with each of its values, as URLSearchParams takes them. */
  *entries(): Generator<[name: string, value: string]> {
    for (const name of this.#values.keys()) for (const value of this.all(name)) yield [name, value];
  }

  /** A plain object for JSON, which `from` reads again: a text for each name, a list for one that was repeated. */
  toJSON(): Record<string, string | readonly string[]> {
    return Object.fromEntries([...this.#values].filter(([, value]) => value !== ''));
  }

  #add(name: string, value: string): void {
    const earlier = this.#values.get(name);
    if (earlier === undefined) this.#values.set(name, value);
    else if (!REPEATABLE.has(name)) {
      throw new InvalidRequestError({ description: `Parameter ${name} is given more than once` });
    } else if (earlier === '') this.#values.set(name, value);
    else if (typeof earlier === 'object') earlier.push(value);
    else if (value !== '') this.#values.set(name, [earlier, value]);
  }
}

function decode(encoded: string): string {
  let text = encoded;
  try {
    if (encoded.includes('%') || encoded.includes('+')) text = decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    throw new InvalidRequestError({ description: `The percent-encoding of ${encoded.slice(0, 40)} is broken` });
  }
  refuseNul(text);
  return text;
}

function refuseNul(text: string): void {
  if (text.includes('\0')) throw new InvalidRequestError({ description: 'A parameter contains a NUL byte' });
}
