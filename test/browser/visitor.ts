import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** An end user at a browser of their own, with an eye on what the browser does behind their back. */
export class Visitor {
  /** Requests to other origins, and what the Content-Security-Policy stopped. */
  readonly complaints: string[] = [];

  private constructor(
    readonly origin: string,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async arrive(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ baseURL: origin, ...options });
    context.setDefaultTimeout(10_000);
    const visitor = new Visitor(origin, context, await context.newPage());
    context.on('page', (page) => visitor.#watch(page));
    visitor.#watch(visitor.page);
    return visitor;
  }

  /** One more tab of the same browser. */
  newTab(): Promise<Page> {
    return this.context.newPage();
  }

  /** Presses the button or follows the link of this name, and waits for the page that it leads to. */
  async press(name: string | RegExp, page = this.page): Promise<void> {
    const target = page.getByRole('button', { name }).or(page.getByRole('link', { name }));
    await target.first().click();
    await page.waitForLoadState();
  }

  /** What the accessibility rules find wrong with the page, and whether it can be read without scrolling sideways. */
  async faults(page = this.page): Promise<string[]> {
    await page.evaluate(AXE);
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    const where = new URL(page.url()).pathname;
    return [
      ...violations.map(
        ({ id, nodes }) => `${where}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
      ),
      ...(Number(overflow) > 0 ? [`${where}: scrolls sideways by ${overflow} px`] : []),
    ];
  }

  leave(): Promise<void> {
    return this.context.close();
  }

  #watch(page: Page): void {
    page.on('request', (request) => {
      if (!request.url().startsWith(this.origin)) this.complaints.push(`request to ${request.url()}`);
    });
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }
}
