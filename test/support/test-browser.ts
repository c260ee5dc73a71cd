/** What came back, with the body read and the redirect left for the test to follow. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** The Location header as an absolute URL. */
  readonly location: URL | undefined;
}

/** A browser without scripts: keeps cookies, reads forms and sends them. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();

  constructor(private readonly origin: string) {}

  /** GET without following a redirect. */
  get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.#send('GET', path, headers);
  }

  /** POST of a form without following a redirect. */
  post(path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    return this.#send('POST', path, headers, new URLSearchParams(form).toString());
  }

  /** Follows redirects while they stay on this server, and stops at the one that leaves it. */
  async follow(page: Page): Promise<Page> {
    let current = page;
    while (current.location?.origin === this.origin) current = await this.get(current.location.href);
    return current;
  }

  /** Sends the page's form as an end user would: its hidden fields, these values, the pressed button's name and value. */
  submit(page: Page, values: Record<string, string> = {}): Promise<Page> {
    const action = decode(/<form[^>]*\baction="([^"]*)"/.exec(page.html)?.[1] ?? '');
    return this.post(new URL(action, page.url).href, { ...hiddenFields(page.html), ...values });
  }

  async #send(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Page> {
    const url = new URL(path, this.origin).href;
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const location = response.headers.get('location');
    return {
      url,
      status: response.status,
      headers: response.headers,
      html: await response.text(),
      location: location === null ? undefined : new URL(location, url),
    };
  }
}

/** The names and values of a page's hidden inputs. */
export function hiddenFields(html: string): Record<string, string> {
  const inputs = [...html.matchAll(/<input(?:"[^"]*"|[^">])*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => attribute(tag, 'type') === 'hidden');
  return Object.fromEntries(inputs.map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')]));
}

function attribute(tag: string, name: string): string {
  return decode(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

function decode(text: string): string {
  return text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}
